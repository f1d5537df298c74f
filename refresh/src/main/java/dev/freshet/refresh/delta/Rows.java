package dev.freshet.refresh.delta;

import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.Identity;
import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.sql.ArrayComparison;
import dev.freshet.refresh.sql.Assignment;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Merge;
import dev.freshet.refresh.sql.OperatorName;
import dev.freshet.refresh.sql.Ordering;
import dev.freshet.refresh.sql.Position;
import dev.freshet.refresh.sql.Quantifier;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.SortKey;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.Star;
import dev.freshet.refresh.sql.SubqueryExpression;
import java.util.List;
import java.util.Optional;

/** Parts of statements that change rows of a stage. */
final class Rows {

  private Rows() {}

  /** {@code alias.*}. */
  static Star all(String alias) {
    return new Star(List.of(alias));
  }

  /** The columns that are not part of the key. */
  static List<Column> valuesOf(Stage stage, Identity.Keyed keyed) {
    return stage.columns().stream()
        .filter(column -> !keyed.columns().contains(column.name()))
        .toList();
  }

  static List<Column> keysOf(Stage stage, Identity.Keyed keyed) {
    return keyed.columns().stream().map(stage::column).toList();
  }

  /** The condition of a MERGE on the key; TRUE where there is one row at most. */
  static List<Expression> onKey(Stage stage, Identity.Keyed keyed, String left, String right) {
    return orTrue(RowMatch.on(keysOf(stage, keyed), left, right));
  }

  static List<Expression> orTrue(List<Expression> conjuncts) {
    return conjuncts.isEmpty() ? List.of(Sql.truth()) : conjuncts;
  }

  static Merge.Action update(List<Column> columns, String from) {
    return new Merge.UpdateRow(
        columns.stream()
            .map(column -> new Assignment(column.name(), Sql.column(from, column.name())))
            .toList());
  }

  static Merge.Action insert(List<Column> columns, String from) {
    return new Merge.InsertRow(
        columns.stream().map(Column::name).toList(),
        columns.stream().<Expression>map(column -> Sql.column(from, column.name())).toList());
  }

  /** {@code ORDER BY keys LIMIT 1}. */
  static Ordering first(List<SortKey> keys) {
    return new Ordering(keys, new Ordering.Rows(Sql.integer(1)), Optional.empty());
  }

  /** {@code alias.ctid = ANY (ARRAY(query))}: rows by their place, found before by the query. */
  static Expression placedIn(String alias, Query places) {
    return new ArrayComparison(
        Sql.column(alias, "ctid"),
        OperatorName.EQUAL,
        Quantifier.ANY,
        new SubqueryExpression.ArrayOf(places, Position.NONE));
  }
}
