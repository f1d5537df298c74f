package dev.freshet.refresh.sql;

import java.util.List;

/** Conjunction of two or more conditions. */
public record And(List<Expression> operands) implements Expression {
  public And {
    operands = List.copyOf(operands);
    if (operands.size() < 2) {
      throw new IllegalArgumentException("AND joins at least two conditions");
    }
  }

  @Override
  public And mapNodes(NodeMapping mapping) {
    return new And(mapping.expressions(operands));
  }
}
