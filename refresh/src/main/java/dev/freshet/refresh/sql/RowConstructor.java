package dev.freshet.refresh.sql;

import java.util.List;

/** {@code ROW(fields)}. */
public record RowConstructor(List<Expression> fields) implements Expression {
  public RowConstructor {
    fields = List.copyOf(fields);
  }

  @Override
  public RowConstructor mapNodes(NodeMapping mapping) {
    return new RowConstructor(mapping.expressions(fields));
  }
}
