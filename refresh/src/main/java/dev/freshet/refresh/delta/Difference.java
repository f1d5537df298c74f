package dev.freshet.refresh.delta;

import static dev.freshet.refresh.sql.Merge.Match.MATCHED;
import static dev.freshet.refresh.sql.Merge.Match.NOT_MATCHED;

import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.Identity;
import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.sql.CommonTable;
import dev.freshet.refresh.sql.CommonTable.Materialization;
import dev.freshet.refresh.sql.Delete;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Insert;
import dev.freshet.refresh.sql.Merge;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SelectBuilder;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.Statement;
import dev.freshet.refresh.sql.TableReference;
import dev.freshet.refresh.sql.With;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes rows of a stage equal to a query by the least change: rows that are the same bytes are not
 * written.
 *
 * @param before common table expressions that the query or the conditions read
 * @param fresh the rows that shall be
 * @param within which of the stage's rows, {@code t}, are meant; none: all
 */
record Difference(Stage stage, List<CommonTable> before, Query fresh, List<Expression> within) {

  Statement statement() {
    return switch (stage.identity()) {
      case Identity.Keyed keyed -> byKey(keyed);
      case Identity.Bag _ -> byCopies();
    };
  }

  private Statement byKey(Identity.Keyed keyed) {
    Query still =
        Select.builder()
            .from(TableReference.of("fresh").as("f"))
            .where(Rows.onKey(stage, keyed, "f", "t"))
            .build();
    Statement gone =
        new Delete(
            With.NONE,
            stage.table().as("t"),
            List.of(),
            concatenated(within, List.of(Sql.not(Sql.exists(still)))),
            List.of());
    Expression changed = Sql.not(RowMatch.sameImage(stage.columns(), "t", "d"));
    return new Merge(
        With.of(concatenated(before, List.of(fresh("fresh"), CommonTable.of("gone", gone)))),
        stage.table().as("t"),
        TableReference.of("fresh").as("d"),
        Rows.onKey(stage, keyed, "t", "d"),
        List.of(
            new Merge.Clause(MATCHED, List.of(changed), Rows.update(stage.columns(), "d")),
            new Merge.Clause(NOT_MATCHED, List.of(), Rows.insert(stage.columns(), "d"))),
        List.of());
  }

  /**
   * Copies of a row are numbered on both sides; a number that only one side has is deleted or
   * inserted.
   */
  private Statement byCopies() {
    SelectBuilder missing = Select.builder().from(TableReference.of("fresh").as("f"));
    stage.columnNames().forEach(name -> missing.target(Sql.column("f", name)));
    missing.where(Sql.not(Sql.exists(twin("have", "h", "f"))));
    Select surplus =
        Select.builder()
            .target(Sql.column("h", unused("__place")))
            .from(TableReference.of("have").as("h"))
            .where(Sql.not(Sql.exists(twin("fresh", "f", "h"))))
            .build();
    Statement gone =
        new Delete(
            With.NONE,
            stage.table().as("t"),
            List.of(),
            List.of(Rows.placedIn("t", surplus)),
            List.of());
    return Insert.of(stage.table().reference(), stage.columnNames(), missing.build())
        .withWith(
            With.of(
                concatenated(
                    before,
                    List.of(
                        fresh("wanted"),
                        numbered("fresh", TableReference.of("wanted").as("w"), "w", false),
                        numbered("have", stage.table().as("t"), "t", true),
                        CommonTable.of("gone", gone)))));
  }

  private Query twin(String table, String alias, String other) {
    List<Expression> where = new ArrayList<>(RowMatch.sameRow(stage.columns(), alias, other));
    String copy = unused("__copy");
    where.add(Sql.equal(Sql.column(alias, copy), Sql.column(other, copy)));
    return Select.builder().from(TableReference.of(table).as(alias)).where(where).build();
  }

  private CommonTable numbered(String name, TableReference rows, String alias, boolean existing) {
    SelectBuilder select = Select.builder().from(rows);
    List<Expression> image = new ArrayList<>();
    for (Column column : stage.columns()) {
      Expression value = Sql.column(alias, column.name());
      select.target(value);
      if (column.type().hasEquality()) {
        image.add(value);
      }
      if (!column.type().isExact()) {
        image.add(RowMatch.text(value));
      }
    }
    select.target(Sql.over(Sql.call("row_number"), image, List.of()), unused("__copy"));
    if (existing) {
      select.target(Sql.column(alias, "ctid"), unused("__place")).where(within);
    }
    return CommonTable.of(name, select.build()).materialized(Materialization.MATERIALIZED);
  }

  /** A name that no column of the stage has. */
  private String unused(String wanted) {
    return stage.columnNames().contains(wanted) ? unused(wanted + "_") : wanted;
  }

  private CommonTable fresh(String name) {
    return CommonTable.of(name, stage.columnNames(), fresh)
        .materialized(Materialization.MATERIALIZED);
  }

  private static <T> List<T> concatenated(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
