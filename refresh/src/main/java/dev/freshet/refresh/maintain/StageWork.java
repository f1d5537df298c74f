package dev.freshet.refresh.maintain;

import dev.freshet.refresh.algebra.Shape;
import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.JoinItem;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SetOperation;
import dev.freshet.refresh.sql.TableReference;
import dev.freshet.refresh.sql.Trees;

/**
 * What a change of its sources makes a stage do, for who predicts what that costs: {@code linear},
 * only the change is read; {@code join}, rows of other sources are looked up; {@code rereading},
 * its group or partition is read again; {@code whole}, everything is.
 */
final class StageWork {

  private static final String REREADING = "rereading";

  private StageWork() {}

  static String of(Stage stage) {
    return switch (stage.shape()) {
      case Shape.Linear linear -> ofLinear(linear.query());
      case Shape.RunningGroups groups ->
          groups.pieces().stream().anyMatch(piece -> piece.isExtreme())
              ? REREADING
              : ofLinear(groups.input());
      case Shape.RecomputedGroups groups -> groups.keys().isEmpty() ? "whole" : REREADING;
      case Shape.RecomputedPartitions partitions ->
          partitions.keyColumns().isEmpty() ? "whole" : REREADING;
      case Shape.Recursion _ -> REREADING;
    };
  }

  private static String ofLinear(Query query) {
    return joins(query) ? "join" : "linear";
  }

  private static boolean joins(Query query) {
    if (!Trees.fromItems(query, JoinItem.class).isEmpty()) {
      return true;
    }
    return switch (query) {
      case Select select -> select.from().stream().filter(StageWork::readsTable).count() > 1;
      case SetOperation operation -> joins(operation.left()) || joins(operation.right());
      default -> false;
    };
  }

  private static boolean readsTable(FromItem item) {
    return !Trees.fromItems(Select.builder().from(item).build(), TableReference.class).isEmpty();
  }
}
