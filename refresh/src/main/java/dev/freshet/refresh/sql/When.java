package dev.freshet.refresh.sql;

/**
 * {@code WHEN condition THEN result}; in a {@link SimpleCase} the condition is the value compared
 * with.
 */
public record When(Expression condition, Expression result) {
  /** The same branch over what the mapping makes of its parts. */
  public When mapNodes(NodeMapping mapping) {
    return new When(mapping.expression(condition), mapping.expression(result));
  }
}
