package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.delta.OutputColumns;
import dev.freshet.refresh.sql.Alias;
import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Literal;
import dev.freshet.refresh.sql.Ordering;
import dev.freshet.refresh.sql.Position;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SelectBuilder;
import dev.freshet.refresh.sql.SortKey;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.TreeRewriter;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes a limit over a set operation or VALUES as one over a SELECT from it, whose order is by
 * columns.
 *
 * <pre>
 *   A UNION B ORDER BY 1, name LIMIT n  →  SELECT … FROM (A UNION B) l (c1, c2) ORDER BY l.c1, l.c2 LIMIT n
 * </pre>
 */
final class LimitedSets extends TreeRewriter {

  private static final String ALIAS = "limited";

  private LimitedSets() {}

  static Query in(Query query) {
    return new LimitedSets().query(query);
  }

  @Override
  public Query query(Query query) {
    boolean isToWrite = query.ordering().isLimited() && !(query instanceof Select);
    return super.query(isToWrite ? limited(query) : query);
  }

  private static Select limited(Query query) {
    Query all = query.withOrdering(Ordering.NONE);
    List<String> shown = OutputColumns.of(all);
    List<String> inner = NumberedColumns.of(all);
    SelectBuilder select =
        Select.builder().from(new SubqueryItem(all, false, new Alias(ALIAS, inner)));
    IntStream.range(0, shown.size())
        .forEach(i -> select.target(Sql.column(ALIAS, inner.get(i)), shown.get(i)));
    List<SortKey> keys =
        query.ordering().keys().stream()
            .map(key ->
                new SortKey(
                    Sql.column(ALIAS, inner.get(place(key.expression(), shown))),
                    key.direction(),
                    key.nulls()))
            .toList();
    return select
        .ordering(new Ordering(keys, query.ordering().limit(), query.ordering().offset()))
        .build();
  }

  /** Set operations are ordered by the names or the places of their columns, and nothing else. */
  private static int place(Expression key, List<String> shown) {
    int place =
        switch (key) {
          case ColumnReference column -> shown.indexOf(column.name());
          case Literal.Numeric number when number.text().matches("\\d{1,4}") ->
              Integer.parseInt(number.text()) - 1;
          default -> -1;
        };
    if (place < 0 || place >= shown.size()) {
      throw Linearity.refusal(
          "limit",
          "the order of this set operation is not by a column; put it in a subquery",
          Position.NONE);
    }
    return place;
  }
}
