package dev.freshet.refresh.sql;

import java.util.List;

/**
 * {@code name type COLLATE collation}: a column of a function that returns records; an empty
 * collation is none.
 */
public record ColumnDefinition(String name, TypeName type, List<String> collation) {
  public ColumnDefinition {
    collation = List.copyOf(collation);
  }
}
