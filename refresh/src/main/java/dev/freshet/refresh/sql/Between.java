package dev.freshet.refresh.sql;

/** {@code operand [NOT] BETWEEN [SYMMETRIC] low AND high}; PostgreSQL prints it as comparisons. */
public record Between(
    Expression operand, Expression low, Expression high, boolean negated, boolean symmetric)
    implements Expression {
  @Override
  public Between mapNodes(NodeMapping mapping) {
    return new Between(
        mapping.expression(operand),
        mapping.expression(low),
        mapping.expression(high),
        negated,
        symmetric);
  }
}
