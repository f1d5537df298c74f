package dev.freshet.refresh.sql;

import java.util.List;

/** {@code operand [NOT] IN (values)}; PostgreSQL prints it as a comparison with an array. */
public record InList(Expression operand, List<Expression> values, boolean negated)
    implements Expression {
  public InList {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("IN needs a value");
    }
  }

  @Override
  public InList mapNodes(NodeMapping mapping) {
    return new InList(mapping.expression(operand), mapping.expressions(values), negated);
  }
}
