package dev.freshet.refresh.algebra;

import static java.util.Objects.requireNonNull;

/** A column of a relation; {@code notNull} only where no row can have a NULL in it. */
public record Column(String name, ColumnType type, boolean notNull) {

  public Column {
    requireNonNull(name);
    requireNonNull(type);
  }
}
