package dev.freshet.refresh.sql;

import java.util.List;

/** A column, by name ({@code a}) or by relation and name ({@code t.a}, {@code schema.t.a}). */
public record ColumnReference(List<String> path, Position position) implements Expression {
  public ColumnReference {
    path = List.copyOf(path);
    if (path.isEmpty()) {
      throw new IllegalArgumentException("a column reference needs a name");
    }
  }

  /** A reference that was not parsed. */
  public ColumnReference(List<String> path) {
    this(path, Position.NONE);
  }

  /** The last name of the path. */
  public String name() {
    return path.getLast();
  }

  /** The names before the last; empty for a bare column. */
  public List<String> qualifier() {
    return path.subList(0, path.size() - 1);
  }

  @Override
  public ColumnReference mapNodes(NodeMapping mapping) {
    return this;
  }
}
