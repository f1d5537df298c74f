package dev.freshet.refresh.delta;

import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.sql.CommonTable;
import dev.freshet.refresh.sql.CommonTable.Materialization;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SelectBuilder;
import dev.freshet.refresh.sql.SetOperation;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.TableReference;
import dev.freshet.refresh.sql.With;
import java.util.List;
import java.util.Set;

/**
 * The stream table against its query, both ways as multisets, in one statement and so in one
 * snapshot.
 *
 * <p>Rows are compared by their text, which shows every byte that matters: 1.0 is not 1.00. Floats
 * that come out of an aggregate depend on the order of evaluation and are compared by nine
 * significant digits. Where a query takes the least, the greatest or one of several equal values,
 * PostgreSQL itself takes one or the other of 1.0 and 1.00, by the order in which it reads; then
 * values of such types are compared by their own equality.
 */
public final class Verification {

  private static final Set<String> FLOATS = Set.of("float4", "float8");

  private Verification() {}

  /**
   * One row of two bigints, {@code missing} and {@code unexpected}.
   *
   * @param query the defining query over source tables
   * @param approximateFloats whether floats may differ in their last digits
   * @param spelledByChance whether equal values may be of different bytes
   */
  public static Query of(
      Stage streamTable, Query query, boolean approximateFloats, boolean spelledByChance) {
    CommonTable wanted =
        CommonTable.of("wanted", streamTable.columnNames(), query)
            .materialized(Materialization.MATERIALIZED);
    Images images = new Images(streamTable.columns(), approximateFloats, spelledByChance);
    Query right = images.of(TableReference.of("wanted").as("w"));
    Query kept = images.of(streamTable.table().as("w"));
    return Select.builder()
        .with(With.of(List.of(wanted)))
        .target(Sql.scalar(countOf(right, kept)), "missing")
        .target(Sql.scalar(countOf(kept, right)), "unexpected")
        .build();
  }

  private static Query countOf(Query these, Query withoutThose) {
    Query rest = SetOperation.of(SetOperation.Kind.EXCEPT, true, these, withoutThose);
    return Select.builder().target(Sql.countAll()).from(SubqueryItem.of(rest, "rest")).build();
  }

  /** What of a row is compared. */
  private record Images(List<Column> columns, boolean approximateFloats, boolean spelledByChance) {

    Query of(TableReference table) {
      List<Expression> exact =
          columns.stream().filter(column -> !isLoose(column)).map(this::image).toList();
      SelectBuilder select = Select.builder().from(table);
      select.target(Sql.cast(Sql.row(exact), "text"), "image");
      columns.stream()
          .filter(this::isLoose)
          .forEach(column -> select.target(Sql.column("w", column.name())));
      return select.build();
    }

    private boolean isLoose(Column column) {
      return spelledByChance
          && !isApproximate(column)
          && !column.type().isExact()
          && column.type().hasEquality()
          && column.type().isHashable();
    }

    private boolean isApproximate(Column column) {
      return approximateFloats && FLOATS.contains(column.type().base());
    }

    /** Adding 0 makes 0 of −0. */
    private Expression image(Column column) {
      Expression value = Sql.column("w", column.name());
      return isApproximate(column)
          ? Sql.call(
              "to_char",
              Sql.plus(Sql.cast(value, "float8"), Sql.integer(0)),
              Sql.text("9.99999999EEEE"))
          : value;
    }
  }
}
