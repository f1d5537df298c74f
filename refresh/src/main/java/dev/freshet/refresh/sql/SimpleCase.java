package dev.freshet.refresh.sql;

import java.util.List;

/** {@code CASE operand WHEN … THEN … ELSE otherwise END}; without ELSE it is {@code ELSE NULL}. */
public record SimpleCase(Expression operand, List<When> branches, Expression otherwise)
    implements Expression {
  public SimpleCase {
    branches = List.copyOf(branches);
    if (branches.isEmpty()) {
      throw new IllegalArgumentException("CASE needs a branch");
    }
  }

  @Override
  public SimpleCase mapNodes(NodeMapping mapping) {
    return new SimpleCase(
        mapping.expression(operand),
        branches.stream().map(branch -> branch.mapNodes(mapping)).toList(),
        mapping.expression(otherwise));
  }
}
