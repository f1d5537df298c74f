package dev.freshet.refresh.sql;

/** A query as it is written. Immutable; equality is structural. */
public sealed interface Query extends Statement permits Select, SetOperation, Values {
  /** The order of its rows, and how many of them. */
  Ordering ordering();

  @Override
  Query withWith(With changed);

  @Override
  Query mapNodes(NodeMapping mapping);
}
