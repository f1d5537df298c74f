package dev.freshet.refresh.sql;

import java.util.List;

/** {@code operand COLLATE collation}. */
public record Collate(Expression operand, List<String> collation) implements Expression {
  public Collate {
    collation = List.copyOf(collation);
  }

  @Override
  public Collate mapNodes(NodeMapping mapping) {
    return new Collate(mapping.expression(operand), collation);
  }
}
