package dev.freshet.refresh.sql;

import java.util.OptionalInt;

/** {@code CURRENT_TIMESTAMP(3)} and the other functions that SQL calls without parentheses. */
public record ValueFunction(Kind kind, OptionalInt precision, Position position)
    implements Expression {
  /** Which function. */
  public enum Kind {
    CURRENT_DATE,
    CURRENT_TIME,
    CURRENT_TIMESTAMP,
    LOCALTIME,
    LOCALTIMESTAMP,
    CURRENT_ROLE,
    CURRENT_USER,
    USER,
    SESSION_USER,
    CURRENT_CATALOG,
    CURRENT_SCHEMA
  }

  @Override
  public ValueFunction mapNodes(NodeMapping mapping) {
    return this;
  }
}
