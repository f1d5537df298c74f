package dev.freshet.refresh.sql;

import java.util.List;

/** {@code *}, the argument of {@code count(*)}, or {@code t.*}. */
public record Star(List<String> qualifier) implements Expression {
  public Star {
    qualifier = List.copyOf(qualifier);
  }

  @Override
  public Star mapNodes(NodeMapping mapping) {
    return this;
  }
}
