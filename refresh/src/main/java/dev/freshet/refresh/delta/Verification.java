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
import java.util.Optional;
import java.util.Set;

/**
 * The stream table against its query, both ways as multisets, in one statement and so in one
 * snapshot.
 *
 * <p>Rows are compared by their text, which shows every byte that matters: 1.0 is not 1.00. Floats
 * that come out of an aggregate depend on the order of evaluation and are compared by nine
 * significant digits.
 */
public final class Verification {

  private static final Set<String> FLOATS = Set.of("float4", "float8");

  private Verification() {}

  /**
   * One row of two bigints, {@code missing} and {@code unexpected}.
   *
   * @param query the defining query over source tables
   * @param approximateFloats whether floats may differ in their last digits
   */
  public static Query of(Stage streamTable, Query query, boolean approximateFloats) {
    CommonTable wanted =
        new CommonTable(
            "wanted",
            streamTable.columnNames(),
            Materialization.MATERIALIZED,
            query,
            Optional.empty(),
            Optional.empty());
    Query right = images(streamTable, TableReference.of("wanted").as("w"), approximateFloats);
    Query kept = images(streamTable, streamTable.table().as("w"), approximateFloats);
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

  private static Query images(Stage stage, TableReference table, boolean approximateFloats) {
    List<Expression> values =
        stage.columns().stream().map(column -> image(column, approximateFloats)).toList();
    SelectBuilder select = Select.builder().from(table);
    return select.target(Sql.cast(Sql.row(values), "text"), "image").build();
  }

  private static Expression image(Column column, boolean approximateFloats) {
    Expression value = Sql.column("w", column.name());
    return approximateFloats && FLOATS.contains(column.type().base())
        ? Sql.call("to_char", Sql.cast(value, "float8"), Sql.text("9.99999999EEEE"))
        : value;
  }
}
