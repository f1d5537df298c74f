package dev.freshet.refresh.sql;

import java.util.List;

/** {@code WITH RECURSIVE tables}; without tables there is no WITH clause. */
public record With(boolean recursive, List<CommonTable> tables) {
  /** No WITH clause. */
  public static final With NONE = new With(false, List.of());

  public With {
    tables = List.copyOf(tables);
  }

  /** Tables that do not refer to themselves. */
  public static With of(List<CommonTable> tables) {
    return new With(false, tables);
  }

  /** Whether there is a WITH clause. */
  public boolean isPresent() {
    return !tables.isEmpty();
  }

  /** The same clause over what the mapping makes of its tables. */
  public With mapNodes(NodeMapping mapping) {
    return new With(recursive, tables.stream().map(table -> table.mapNodes(mapping)).toList());
  }
}
