package dev.freshet.refresh.sql;

import java.util.List;

/** {@code CASE WHEN … THEN … ELSE otherwise END}; without ELSE it is {@code ELSE NULL}. */
public record Case(List<When> branches, Expression otherwise) implements Expression {
  public Case {
    branches = List.copyOf(branches);
    if (branches.isEmpty()) {
      throw new IllegalArgumentException("CASE needs a branch");
    }
  }

  @Override
  public Case mapNodes(NodeMapping mapping) {
    return new Case(
        branches.stream().map(branch -> branch.mapNodes(mapping)).toList(),
        mapping.expression(otherwise));
  }
}
