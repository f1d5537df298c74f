package dev.freshet.refresh.algebra;

import java.util.List;

/** How a row of a maintained relation is recognised. */
public sealed interface Identity {

  /**
   * By columns that no two rows share, NULL counting as a value. No columns: there is one row at
   * most.
   *
   * @param columns all of exact types
   */
  record Keyed(List<String> columns) implements Identity {
    public Keyed {
      columns = List.copyOf(columns);
    }
  }

  /** By nothing but its content: a row may occur several times. */
  record Bag() implements Identity {}
}
