package dev.freshet.refresh.sql;

import java.util.List;

/**
 * {@code AS name (columns)}; no name is no alias, although a function may still name its columns.
 */
public record Alias(String name, List<String> columns) {
  /** No alias. */
  public static final Alias NONE = new Alias("", List.of());

  public Alias {
    columns = List.copyOf(columns);
  }

  /** An alias for the relation only. */
  public static Alias of(String name) {
    return new Alias(name, List.of());
  }

  /** Whether there is an alias at all. */
  public boolean isPresent() {
    return !name.isEmpty() || !columns.isEmpty();
  }
}
