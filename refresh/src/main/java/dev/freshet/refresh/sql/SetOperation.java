package dev.freshet.refresh.sql;

/** {@code left UNION | INTERSECT | EXCEPT [ALL] right}. */
public record SetOperation(
    With with, Kind kind, boolean all, Query left, Query right, Ordering ordering)
    implements Query {
  /** Which operation. */
  public enum Kind {
    UNION,
    INTERSECT,
    EXCEPT
  }

  /** An operation over two queries and nothing else. */
  public static SetOperation of(Kind kind, boolean all, Query left, Query right) {
    return new SetOperation(With.NONE, kind, all, left, right, Ordering.NONE);
  }

  @Override
  public SetOperation withWith(With changed) {
    return new SetOperation(changed, kind, all, left, right, ordering);
  }

  @Override
  public SetOperation withOrdering(Ordering changed) {
    return new SetOperation(with, kind, all, left, right, changed);
  }

  @Override
  public SetOperation mapNodes(NodeMapping mapping) {
    return new SetOperation(
        with.mapNodes(mapping),
        kind,
        all,
        mapping.query(left),
        mapping.query(right),
        ordering.mapNodes(mapping));
  }
}
