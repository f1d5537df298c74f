package dev.freshet.refresh.sql;

/**
 * {@code operand operator ANY | ALL (array)}. A bare scalar subquery cannot be the array: written
 * down, it would be a comparison with its rows; cast it to the array's type.
 */
public record ArrayComparison(
    Expression operand, OperatorName operator, Quantifier quantifier, Expression array)
    implements Expression {
  public ArrayComparison {
    if (array instanceof SubqueryExpression.Scalar) {
      throw new IllegalArgumentException("a subquery as an array needs a cast");
    }
  }

  @Override
  public ArrayComparison mapNodes(NodeMapping mapping) {
    return new ArrayComparison(
        mapping.expression(operand), operator, quantifier, mapping.expression(array));
  }
}
