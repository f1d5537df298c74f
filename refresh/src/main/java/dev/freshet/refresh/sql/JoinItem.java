package dev.freshet.refresh.sql;

/** {@code left JOIN right}. */
public record JoinItem(
    Kind kind, FromItem left, FromItem right, JoinCondition condition, Alias alias)
    implements FromItem {
  /** Which unmatched rows are kept. */
  public enum Kind {
    INNER,
    LEFT,
    RIGHT,
    FULL
  }

  @Override
  public JoinItem withAlias(Alias changed) {
    return new JoinItem(kind, left, right, condition, changed);
  }

  @Override
  public JoinItem mapNodes(NodeMapping mapping) {
    return new JoinItem(
        kind, mapping.fromItem(left), mapping.fromItem(right), condition.mapNodes(mapping), alias);
  }
}
