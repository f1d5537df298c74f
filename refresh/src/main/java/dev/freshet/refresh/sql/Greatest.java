package dev.freshet.refresh.sql;

import java.util.List;

/** {@code GREATEST(operands)}. */
public record Greatest(List<Expression> operands) implements Expression {
  public Greatest {
    operands = List.copyOf(operands);
  }

  @Override
  public Greatest mapNodes(NodeMapping mapping) {
    return new Greatest(mapping.expressions(operands));
  }
}
