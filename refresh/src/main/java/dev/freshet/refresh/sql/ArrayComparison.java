package dev.freshet.refresh.sql;

/** {@code operand operator ANY | ALL (array)}. */
public record ArrayComparison(
    Expression operand, OperatorName operator, Quantifier quantifier, Expression array)
    implements Expression {
  @Override
  public ArrayComparison mapNodes(NodeMapping mapping) {
    return new ArrayComparison(
        mapping.expression(operand), operator, quantifier, mapping.expression(array));
  }
}
