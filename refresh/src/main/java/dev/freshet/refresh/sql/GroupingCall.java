package dev.freshet.refresh.sql;

import java.util.List;

/** {@code GROUPING(operands)}. It tells which grouping set a row belongs to. */
public record GroupingCall(List<Expression> operands) implements Expression {
  public GroupingCall {
    operands = List.copyOf(operands);
  }

  @Override
  public GroupingCall mapNodes(NodeMapping mapping) {
    return new GroupingCall(mapping.expressions(operands));
  }
}
