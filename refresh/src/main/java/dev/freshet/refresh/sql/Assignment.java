package dev.freshet.refresh.sql;

/** {@code column = value} of an UPDATE. */
public record Assignment(String column, Expression value) {
  /** The same assignment over what the mapping makes of its value. */
  public Assignment mapNodes(NodeMapping mapping) {
    return new Assignment(column, mapping.expression(value));
  }
}
