package dev.freshet.refresh.sql;

import java.util.List;

/** {@code COALESCE(operands)}. */
public record Coalesce(List<Expression> operands) implements Expression {
  public Coalesce {
    operands = List.copyOf(operands);
  }

  @Override
  public Coalesce mapNodes(NodeMapping mapping) {
    return new Coalesce(mapping.expressions(operands));
  }
}
