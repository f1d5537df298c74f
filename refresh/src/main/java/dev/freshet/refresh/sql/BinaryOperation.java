package dev.freshet.refresh.sql;

/** {@code left operator right}; LIKE is {@code ~~} here, as in PostgreSQL's own printed form. */
public record BinaryOperation(OperatorName operator, Expression left, Expression right)
    implements Expression {
  @Override
  public BinaryOperation mapNodes(NodeMapping mapping) {
    return new BinaryOperation(operator, mapping.expression(left), mapping.expression(right));
  }
}
