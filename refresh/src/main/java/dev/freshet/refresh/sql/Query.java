package dev.freshet.refresh.sql;

/** A query as it is written. Immutable; equality is structural. */
public sealed interface Query extends Statement permits Select, SetOperation, Values {
  /** The order of its rows, and how many of them. */
  Ordering ordering();

  /** The same rows, in another order or fewer of them. */
  Query withOrdering(Ordering changed);

  @Override
  Query withWith(With changed);

  @Override
  Query mapNodes(NodeMapping mapping);
}
