package dev.freshet.refresh.sql;

import java.util.List;
import java.util.Optional;

/** What follows OVER. */
public sealed interface Window {
  /** The same window over what the mapping makes of its expressions. */
  Window mapNodes(NodeMapping mapping);

  /** {@code OVER name}: a window of the WINDOW clause, as it is. */
  record Named(String name) implements Window {
    @Override
    public Named mapNodes(NodeMapping mapping) {
      return this;
    }
  }

  /**
   * {@code (base PARTITION BY … ORDER BY … frame)}.
   *
   * @param base the window of the WINDOW clause that this one extends; empty when there is none
   * @param frame empty for the default frame
   */
  record Definition(
      String base, List<Expression> partitionBy, List<SortKey> orderBy, Optional<Frame> frame)
      implements Window {
    public Definition {
      partitionBy = List.copyOf(partitionBy);
      orderBy = List.copyOf(orderBy);
    }

    @Override
    public Definition mapNodes(NodeMapping mapping) {
      return new Definition(
          base,
          mapping.expressions(partitionBy),
          mapping.sortKeys(orderBy),
          frame.map(present -> present.mapNodes(mapping)));
    }
  }

  /** {@code WINDOW name AS definition}. */
  record Declaration(String name, Definition definition) {
    /** The same declaration over what the mapping makes of its expressions. */
    public Declaration mapNodes(NodeMapping mapping) {
      return new Declaration(name, definition.mapNodes(mapping));
    }
  }
}
