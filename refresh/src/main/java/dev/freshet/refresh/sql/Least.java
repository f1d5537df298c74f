package dev.freshet.refresh.sql;

import java.util.List;

/** {@code LEAST(operands)}. */
public record Least(List<Expression> operands) implements Expression {
  public Least {
    operands = List.copyOf(operands);
  }

  @Override
  public Least mapNodes(NodeMapping mapping) {
    return new Least(mapping.expressions(operands));
  }
}
