package dev.freshet.refresh.sql;

/** {@code NOT operand}. */
public record Not(Expression operand) implements Expression {
  @Override
  public Not mapNodes(NodeMapping mapping) {
    return new Not(mapping.expression(operand));
  }
}
