package dev.freshet.refresh.sql;

import java.util.List;

/** {@code ARRAY[elements]}. */
public record ArrayConstructor(List<Expression> elements) implements Expression {
  public ArrayConstructor {
    elements = List.copyOf(elements);
  }

  @Override
  public ArrayConstructor mapNodes(NodeMapping mapping) {
    return new ArrayConstructor(mapping.expressions(elements));
  }
}
