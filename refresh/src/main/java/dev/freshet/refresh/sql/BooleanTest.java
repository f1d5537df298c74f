package dev.freshet.refresh.sql;

/** {@code operand IS [NOT] TRUE | FALSE | UNKNOWN}. */
public record BooleanTest(Expression operand, Truth truth, boolean negated) implements Expression {
  /** The three values of SQL's logic. */
  public enum Truth {
    TRUE,
    FALSE,
    UNKNOWN
  }

  @Override
  public BooleanTest mapNodes(NodeMapping mapping) {
    return new BooleanTest(mapping.expression(operand), truth, negated);
  }
}
