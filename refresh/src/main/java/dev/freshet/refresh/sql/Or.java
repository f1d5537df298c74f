package dev.freshet.refresh.sql;

import java.util.List;

/** Disjunction of two or more conditions. */
public record Or(List<Expression> operands) implements Expression {
  public Or {
    operands = List.copyOf(operands);
    if (operands.size() < 2) {
      throw new IllegalArgumentException("OR joins at least two conditions");
    }
  }

  @Override
  public Or mapNodes(NodeMapping mapping) {
    return new Or(mapping.expressions(operands));
  }
}
