package dev.freshet.refresh.delta;

import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.Identity;
import dev.freshet.refresh.algebra.Shape;
import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Sql;
import java.util.List;
import java.util.Optional;

/** Which index the statements of a stage look rows up by, beside a primary key. */
public final class StageIndexes {

  private StageIndexes() {}

  /** The expression to index; empty where the primary key serves, or nothing can be hashed. */
  public static Optional<Expression> hashOf(Stage stage) {
    List<Column> keys = lookedUp(stage);
    if (keys.isEmpty()) {
      return stage.identity() instanceof Identity.Bag
          ? RowMatch.rowHash(stage.columns(), column -> Sql.column(column.name()))
          : Optional.empty();
    }
    boolean byPrimaryKey =
        keys.stream().allMatch(Column::notNull) && stage.identity() instanceof Identity.Keyed;
    boolean hashable = keys.stream().allMatch(key -> key.type().isHashable());
    return byPrimaryKey || !hashable
        ? Optional.empty()
        : Optional.of(RowMatch.hash(keys.stream().map(key -> Sql.column(key.name()))));
  }

  private static List<Column> lookedUp(Stage stage) {
    return switch (stage.shape()) {
      case Shape.RunningGroups groups -> groups.keys();
      case Shape.RecomputedGroups groups -> groups.keyColumns();
      case Shape.Linear _, Shape.RecomputedPartitions _, Shape.Recursion _ ->
          stage.identity() instanceof Identity.Keyed keyed ? Rows.keysOf(stage, keyed) : List.of();
    };
  }
}
