package dev.freshet.refresh.algebra;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A running aggregate of a group.
 *
 * @param column the column of the stage that holds it
 * @param argument the input's target that it aggregates; empty for the count of rows
 * @param argumentType the type of the argument; that of the column for the count of rows
 * @param countedBy for a sum over a nullable argument: the column that counts its non-NULL values,
 *     since the sum of none is NULL; empty where the argument cannot be NULL
 */
public record Piece(
    Kind kind,
    String column,
    String argument,
    ColumnType argumentType,
    Optional<String> countedBy) {

  /** What it computes. */
  public enum Kind {
    ROWS,
    VALUES,
    SUM,
    MIN,
    MAX
  }

  public Piece {
    requireNonNull(kind);
    requireNonNull(column);
    requireNonNull(argument);
    requireNonNull(argumentType);
    requireNonNull(countedBy);
  }

  /** Whether a deletion may make it necessary to read the group again. */
  public boolean isExtreme() {
    return kind == Kind.MIN || kind == Kind.MAX;
  }
}
