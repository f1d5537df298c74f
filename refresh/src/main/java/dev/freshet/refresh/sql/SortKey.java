package dev.freshet.refresh.sql;

/** One key of an ORDER BY. */
public record SortKey(Expression expression, Direction direction, Nulls nulls) {
  /** Ascending, nulls last. */
  public static SortKey ascending(Expression expression) {
    return new SortKey(expression, new Ascending(), Nulls.DEFAULT);
  }

  /** Descending, nulls first. */
  public static SortKey descending(Expression expression) {
    return new SortKey(expression, new Descending(), Nulls.DEFAULT);
  }

  /** The same key over what the mapping makes of its expression. */
  public SortKey mapNodes(NodeMapping mapping) {
    return new SortKey(mapping.expression(expression), direction, nulls);
  }

  /** Which way the key sorts. */
  public sealed interface Direction {}

  /** Smallest first. */
  public record Ascending() implements Direction {}

  /** Largest first. */
  public record Descending() implements Direction {}

  /** As the given ordering operator says. */
  public record Using(OperatorName operator) implements Direction {}

  /** Where NULL sorts; by default it is larger than everything else. */
  public enum Nulls {
    DEFAULT,
    FIRST,
    LAST
  }
}
