package dev.freshet.refresh.sql;

/** {@code NULLIF(left, right)}. */
public record NullIf(Expression left, Expression right) implements Expression {
  @Override
  public NullIf mapNodes(NodeMapping mapping) {
    return new NullIf(mapping.expression(left), mapping.expression(right));
  }
}
