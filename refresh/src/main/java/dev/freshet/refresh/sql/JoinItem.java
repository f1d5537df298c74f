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
    FULL;

    /** Whether rows of the right side without a match are extended by NULLs on the left. */
    public boolean extendsLeft() {
      return this == RIGHT || this == FULL;
    }

    /** Whether rows of the left side without a match are extended by NULLs on the right. */
    public boolean extendsRight() {
      return this == LEFT || this == FULL;
    }
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
