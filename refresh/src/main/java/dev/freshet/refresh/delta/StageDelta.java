package dev.freshet.refresh.delta;

import dev.freshet.refresh.algebra.Shape;
import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.sql.Statement;
import java.util.Optional;

/** The statement that maintains a stage from the changes of what it reads: one rule per shape. */
public final class StageDelta {

  private StageDelta() {}

  /**
   * The statement for one stage.
   *
   * @param insertOnly whether one relation changed, by insertions alone
   * @return empty where nothing that the stage reads has changed
   */
  public static Optional<Statement> of(Stage stage, Changes changes, boolean insertOnly) {
    QueryDelta deltas = new QueryDelta(changes);
    return statement(stage, deltas, insertOnly).map(deltas::complete);
  }

  private static Optional<Statement> statement(Stage stage, QueryDelta deltas, boolean insertOnly) {
    return switch (stage.shape()) {
      case Shape.Linear linear ->
          deltas
              .of(linear.query())
              .map(delta ->
                  insertOnly ? LinearApply.append(stage, delta) : LinearApply.of(stage, delta));
      case Shape.RunningGroups groups -> RunningGroupsApply.of(stage, groups, deltas);
      case Shape.RecomputedGroups groups -> RecomputedGroupsApply.of(stage, groups, deltas);
      case Shape.Recursion recursion -> RecursionApply.of(stage, recursion, deltas);
      case Shape.RecomputedPartitions partitions ->
          RecomputedPartitionsApply.of(stage, partitions, deltas);
    };
  }
}
