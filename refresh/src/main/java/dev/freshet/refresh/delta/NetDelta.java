package dev.freshet.refresh.delta;

import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.sql.Alias;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Grouping;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SelectBuilder;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.TypeName;
import java.util.ArrayList;
import java.util.List;

/**
 * Nets a raw delta: equal rows become one with the sum of their weights, rows of weight zero
 * vanish.
 *
 * <p>Equal means the same bytes. Grouping by a numeric of no fixed scale would net {@code −1.0
 * +1.00} to nothing and lose the change; so such columns are grouped by their text besides, and
 * those without an equality by their text alone.
 */
final class NetDelta {

  private static final String RAW = "raw";

  private NetDelta() {}

  /** Columns as given, by these names, then {@code __weight}, a bigint that is not zero. */
  static Select of(Query delta, List<Column> columns) {
    SelectBuilder select = Select.builder().from(item(delta, columns));
    List<Expression> keys = new ArrayList<>();
    for (Column column : columns) {
      Expression value = typed(column);
      if (column.type().isExact()) {
        keys.add(value);
        select.target(value, column.name());
      } else if (column.type().hasEquality()) {
        keys.add(value);
        keys.add(RowMatch.text(value));
        select.target(value, column.name());
      } else {
        Expression text = Sql.cast(value, "text");
        keys.add(text);
        select.target(Sql.cast(text, column.type().typeName()), column.name());
      }
    }
    Expression weight = Sql.cast(Weights.sum(RAW), "int8");
    Expression remains = Sql.notEqual(Weights.sum(RAW), Sql.integer(0));
    return select
        .target(weight, Weights.COLUMN)
        .grouping(Grouping.by(keys).having(List.of(remains)))
        .build();
  }

  private static SubqueryItem item(Query delta, List<Column> columns) {
    List<String> names = Weights.after(columns.stream().map(Column::name).toList());
    return new SubqueryItem(delta, false, new Alias(RAW, names));
  }

  /** The value under its column's type, which branches of a UNION may have left undecided. */
  private static Expression typed(Column column) {
    TypeName type = column.type().typeName();
    return Sql.cast(Sql.column(RAW, column.name()), type);
  }
}
