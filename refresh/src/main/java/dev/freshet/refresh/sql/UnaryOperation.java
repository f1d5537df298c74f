package dev.freshet.refresh.sql;

/** {@code operator operand}. */
public record UnaryOperation(OperatorName operator, Expression operand) implements Expression {
  @Override
  public UnaryOperation mapNodes(NodeMapping mapping) {
    return new UnaryOperation(operator, mapping.expression(operand));
  }
}
