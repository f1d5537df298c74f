package dev.freshet.refresh.sql;

/** {@code left IS [NOT] DISTINCT FROM right}. */
public record DistinctTest(Expression left, Expression right, boolean negated)
    implements Expression {
  @Override
  public DistinctTest mapNodes(NodeMapping mapping) {
    return new DistinctTest(mapping.expression(left), mapping.expression(right), negated);
  }
}
