package dev.freshet.refresh.delta;

import static dev.freshet.refresh.sql.Merge.Match.MATCHED;
import static dev.freshet.refresh.sql.Merge.Match.NOT_MATCHED;

import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.Identity;
import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.sql.CommonTable;
import dev.freshet.refresh.sql.CommonTable.Materialization;
import dev.freshet.refresh.sql.Delete;
import dev.freshet.refresh.sql.Distinctness;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.FunctionItem;
import dev.freshet.refresh.sql.Insert;
import dev.freshet.refresh.sql.Merge;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SelectBuilder;
import dev.freshet.refresh.sql.SortKey;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.Statement;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.TableReference;
import dev.freshet.refresh.sql.With;
import java.util.ArrayList;
import java.util.List;

/** Applies the delta of a linear query to the table that holds the query's rows. */
final class LinearApply {

  private LinearApply() {}

  static Statement of(Stage stage, Query delta) {
    return switch (stage.identity()) {
      case Identity.Keyed keyed -> merge(stage, keyed, NetDelta.of(delta, stage.columns()));
      case Identity.Bag _ -> exchange(stage, NetDelta.of(delta, stage.columns()));
    };
  }

  /**
   * For a delta that has no negative weights: every row of it is new.
   *
   * <p>Only right where one relation changed, once in the query, and by insertions alone: the last
   * term of a join of two changed relations is negative.
   */
  static Statement append(Stage stage, Query delta) {
    List<String> names = Weights.after(stage.columnNames());
    SelectBuilder rows =
        Select.builder()
            .from(new SubqueryItem(delta, false, new dev.freshet.refresh.sql.Alias("d", names)));
    stage.columnNames().forEach(name -> rows.target(Sql.column("d", name)));
    return Insert.of(stage.table().reference(), stage.columnNames(), rows.build());
  }

  /**
   * Of the net rows of a key the positive one wins over its negative twin: an update. There are no
   * more than these two, since the key is unique before and after.
   */
  private static Statement merge(Stage stage, Identity.Keyed keyed, Query net) {
    List<Expression> keys =
        keyed.columns().stream().<Expression>map(key -> Sql.column("net", key)).toList();
    List<SortKey> order = new ArrayList<>(keys.stream().map(SortKey::ascending).toList());
    order.add(SortKey.descending(Sql.column("net", Weights.COLUMN)));
    SelectBuilder last = Select.builder().from(SubqueryItem.of(net, "net")).orderBy(order);
    stage.columnNames().forEach(name -> last.target(Sql.column("net", name)));
    last.target(Sql.column("net", Weights.COLUMN));
    if (keys.isEmpty()) {
      last.ordering(Rows.first(order));
    } else {
      last.distinct(new Distinctness.DistinctOn(keys));
    }
    Expression gone = Sql.less(Weights.of("d"), Sql.integer(0));
    List<Merge.Clause> clauses = new ArrayList<>();
    clauses.add(new Merge.Clause(MATCHED, List.of(gone), new Merge.DeleteRow()));
    List<Column> values = Rows.valuesOf(stage, keyed);
    if (!values.isEmpty()) {
      clauses.add(new Merge.Clause(MATCHED, List.of(), Rows.update(values, "d")));
    }
    clauses.add(
        new Merge.Clause(
            NOT_MATCHED,
            List.of(Sql.greater(Weights.of("d"), Sql.integer(0))),
            Rows.insert(stage.columns(), "d")));
    return new Merge(
        With.NONE,
        stage.table().as("t"),
        SubqueryItem.of(last.build(), "d"),
        Rows.onKey(stage, keyed, "t", "d"),
        clauses,
        List.of());
  }

  /** Deletes as many copies of a row as its weight says, and inserts as many. */
  private static Statement exchange(Stage stage, Query net) {
    SelectBuilder numbered =
        Select.builder().from(SubqueryItem.of(net, "net")).target(Rows.all("net"));
    numbered.target(Sql.over(Sql.call("row_number"), List.of(), List.of()), "__row");
    SelectBuilder copies =
        Select.builder()
            .from(TableReference.of("delta").as("d"))
            .from(
                new FunctionItem(
                    List.of(copiesOf()), false, false, dev.freshet.refresh.sql.Alias.of("copy")))
            .where(Sql.greater(Weights.of("d"), Sql.integer(0)));
    stage.columnNames().forEach(name -> copies.target(Sql.column("d", name)));
    return Insert.of(stage.table().reference(), stage.columnNames(), copies.build())
        .withWith(
            With.of(
                List.of(
                    CommonTable.of("delta", numbered.build())
                        .materialized(Materialization.MATERIALIZED),
                    CommonTable.of("gone", deletion(stage)))));
  }

  private static FunctionItem.Source copiesOf() {
    return new FunctionItem.Source(
        Sql.call("generate_series", Sql.integer(1), Weights.of("d")), List.of());
  }

  private static Statement deletion(Stage stage) {
    FromItem delta = TableReference.of("delta").as("d");
    List<Expression> match = new ArrayList<>(RowMatch.sameRow(stage.columns(), "t", "d"));
    match.add(Sql.less(Weights.of("d"), Sql.integer(0)));
    Select found =
        Select.builder()
            .target(Sql.column("t", "ctid"), "place")
            .target(Weights.of("d"), Weights.COLUMN)
            .target(
                Sql.over(Sql.call("row_number"), List.of(Sql.column("d", "__row")), List.of()),
                "copy")
            .from(delta)
            .from(stage.table().as("t"))
            .where(match)
            .build();
    Select enough =
        Select.builder()
            .target(Sql.column("f", "place"))
            .from(SubqueryItem.of(found, "f"))
            .where(
                Sql.operation(
                    Sql.column("f", "copy"), "<=", Sql.negative(Sql.column("f", Weights.COLUMN))))
            .build();
    return new Delete(
        With.NONE,
        stage.table().as("t"),
        List.of(),
        List.of(Rows.placedIn("t", enough)),
        List.of());
  }
}
