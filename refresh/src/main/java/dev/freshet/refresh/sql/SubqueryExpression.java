package dev.freshet.refresh.sql;

/** A query inside an expression. */
public sealed interface SubqueryExpression extends Expression {
  /** The subquery. */
  Query query();

  @Override
  SubqueryExpression mapNodes(NodeMapping mapping);

  /** {@code EXISTS (query)}. */
  record Exists(Query query, Position position) implements SubqueryExpression {
    @Override
    public Exists mapNodes(NodeMapping mapping) {
      return new Exists(mapping.query(query), position);
    }
  }

  /** {@code (query)}: its one value, or NULL without a row. */
  record Scalar(Query query, Position position) implements SubqueryExpression {
    @Override
    public Scalar mapNodes(NodeMapping mapping) {
      return new Scalar(mapping.query(query), position);
    }
  }

  /** {@code ARRAY(query)}. */
  record ArrayOf(Query query, Position position) implements SubqueryExpression {
    @Override
    public ArrayOf mapNodes(NodeMapping mapping) {
      return new ArrayOf(mapping.query(query), position);
    }
  }

  /** {@code operand operator ANY | ALL (query)}; IN is {@code = ANY}. */
  record Quantified(
      Expression operand,
      OperatorName operator,
      Quantifier quantifier,
      Query query,
      Position position)
      implements SubqueryExpression {
    @Override
    public Quantified mapNodes(NodeMapping mapping) {
      return new Quantified(
          mapping.expression(operand), operator, quantifier, mapping.query(query), position);
    }
  }
}
