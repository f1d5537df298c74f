package dev.freshet.refresh.sql;

import java.util.List;

/** {@code VALUES (…), (…)}. */
public record Values(With with, List<List<Expression>> rows, Ordering ordering) implements Query {
  public Values {
    rows = rows.stream().map(List::copyOf).toList();
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("VALUES needs a row");
    }
  }

  /** Rows and nothing else. */
  public static Values of(List<List<Expression>> rows) {
    return new Values(With.NONE, rows, Ordering.NONE);
  }

  @Override
  public Values withWith(With changed) {
    return new Values(changed, rows, ordering);
  }

  @Override
  public Values withOrdering(Ordering changed) {
    return new Values(with, rows, changed);
  }

  @Override
  public Values mapNodes(NodeMapping mapping) {
    return new Values(
        with.mapNodes(mapping),
        rows.stream().map(mapping::expressions).toList(),
        ordering.mapNodes(mapping));
  }
}
