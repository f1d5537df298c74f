package dev.freshet.refresh.delta;

import static dev.freshet.refresh.sql.Merge.Match.MATCHED;
import static dev.freshet.refresh.sql.Merge.Match.NOT_MATCHED;

import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.Piece;
import dev.freshet.refresh.algebra.Shape.RunningGroups;
import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.sql.Alias;
import dev.freshet.refresh.sql.Assignment;
import dev.freshet.refresh.sql.CommonTable;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.Merge;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SelectBuilder;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.Statement;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.TableReference;
import dev.freshet.refresh.sql.With;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Groups whose aggregates are carried forward: counts and sums over exact types, least and greatest
 * values.
 *
 * <pre>
 *   n′ = n + Σw      sum′ = sum + Σ(w·x)      min′ = least(min, min of what came), unless the least went
 * </pre>
 *
 * <p>A group of no rows is deleted, but for the one of an aggregation without GROUP BY. A sum is
 * NULL where nothing is left to add, which its count of values tells. Exactness rests on the types:
 * integers, money, and numerics whose values all have the same scale; the one value that cannot be
 * taken back, NaN, makes the group be read again, as the departure of an extreme does. Cost: one
 * probe per touched group.
 */
final class RunningGroupsApply {

  private final Stage stage;
  private final RunningGroups shape;
  private final RunningPieces pieces;

  private RunningGroupsApply(Stage stage, RunningGroups shape, boolean severalAtOnce) {
    this.stage = stage;
    this.shape = shape;
    this.pieces = new RunningPieces(stage, shape, severalAtOnce);
  }

  /** The statement; empty where none of what the groups are made of has changed. */
  static Optional<Statement> of(Stage stage, RunningGroups shape, QueryDelta deltas) {
    return deltas
        .of(shape.input())
        .map(delta -> new RunningGroupsApply(stage, shape, deltas.weighsSeveral()).merge(delta));
  }

  private Statement merge(Query delta) {
    Query groups = perGroup(delta);
    if (shape.pieces().stream().noneMatch(Piece::isExtreme)) {
      return merge(With.NONE, SubqueryItem.of(groups, "d"));
    }
    ExtremeGroups extremes = new ExtremeGroups(stage, shape);
    List<CommonTable> tables = extremes.tables(groups);
    return merge(With.of(tables), SubqueryItem.of(extremes.joined(), "d"));
  }

  /** The change of every touched group: keys, then a change per piece, under the columns' names. */
  private Query perGroup(Query delta) {
    List<String> names = Weights.after(OutputColumns.of(shape.input()));
    SelectBuilder select =
        Select.builder().from(new SubqueryItem(delta, false, new Alias("raw", names)));
    List<Expression> keys = new ArrayList<>();
    for (int i = 0; i < shape.keys().size(); i++) {
      Expression key = Sql.column("raw", names.get(i));
      keys.add(key);
      select.target(key, shape.keys().get(i).name());
    }
    shape
        .pieces()
        .forEach(piece ->
            pieces
                .changes(piece, "raw")
                .forEach(target -> select.target(target.expression(), target.alias())));
    return select.groupBy(keys).build();
  }

  private Statement merge(With with, FromItem source) {
    List<Merge.Clause> clauses = new ArrayList<>();
    if (!shape.global()) {
      Expression empty =
          Sql.equal(
              Sql.plus(Sql.column("t", shape.rowCount()), Sql.column("d", shape.rowCount())),
              Sql.integer(0));
      clauses.add(new Merge.Clause(MATCHED, List.of(empty), new Merge.DeleteRow()));
    }
    clauses.add(
        new Merge.Clause(
            MATCHED,
            List.of(pieces.anyChange("d")),
            new Merge.UpdateRow(
                shape.pieces().stream()
                    .map(piece -> new Assignment(piece.column(), pieces.next(piece)))
                    .toList())));
    clauses.add(
        new Merge.Clause(
            NOT_MATCHED,
            List.of(Sql.notEqual(Sql.column("d", shape.rowCount()), Sql.integer(0))),
            insertion()));
    return new Merge(
        with,
        TableReference.of(stage.table().schema(), stage.table().name()).as("t"),
        source,
        Rows.orTrue(RowMatch.on(shape.keys(), "t", "d")),
        clauses,
        List.of());
  }

  private Merge.Action insertion() {
    List<String> columns = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    for (Column key : shape.keys()) {
      columns.add(key.name());
      values.add(Sql.column("d", key.name()));
    }
    for (Piece piece : shape.pieces()) {
      columns.add(piece.column());
      values.add(pieces.first(piece));
    }
    return new Merge.InsertRow(columns, values);
  }
}
