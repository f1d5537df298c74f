package dev.freshet.refresh.sql;

/** {@code operand IS [NOT] NULL}. */
public record NullTest(Expression operand, boolean negated) implements Expression {
  @Override
  public NullTest mapNodes(NodeMapping mapping) {
    return new NullTest(mapping.expression(operand), negated);
  }
}
