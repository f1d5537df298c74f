package dev.freshet.refresh.delta;

import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.Identity;
import dev.freshet.refresh.algebra.Shape;
import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.sql.BinaryOperation;
import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.TableReference;
import dev.freshet.refresh.sql.Trees;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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

  /**
   * The columns by which a recursion's step finds the rows that it goes on from, each to be indexed
   * by itself; but for what a primary key begins with.
   */
  public static List<String> lookups(Stage stage) {
    if (!(stage.shape() instanceof Shape.Recursion recursion)) {
      return List.of();
    }
    TableReference own = stage.table().placesIn(recursion.step()).getFirst();
    List<String> first =
        stage.identity() instanceof Identity.Keyed keyed
            ? keyed.columns().subList(0, 1)
            : List.of();
    return Trees.expressions(recursion.step(), BinaryOperation.class).stream()
        .filter(operation -> operation.operator().isBuiltIn("="))
        .flatMap(equation -> Stream.of(equation.left(), equation.right()))
        .flatMap(side -> columnOf(own, stage, side).stream())
        .distinct()
        .filter(column -> !first.contains(column))
        .toList();
  }

  private static Optional<String> columnOf(TableReference own, Stage stage, Expression expression) {
    if (!(expression instanceof ColumnReference reference)
        || !reference.qualifier().equals(List.of(own.visibleName()))) {
      return Optional.empty();
    }
    int place = own.alias().columns().indexOf(reference.name());
    return place < 0 ? Optional.empty() : Optional.of(stage.columnNames().get(place));
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
