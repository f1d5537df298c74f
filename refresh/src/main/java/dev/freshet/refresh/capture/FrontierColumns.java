package dev.freshet.refresh.capture;

import static java.util.Objects.requireNonNull;

import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SelectBuilder;
import dev.freshet.refresh.sql.Sql;
import java.util.List;

/**
 * How a statement gets at the frontier of the reader whose changes it reads.
 *
 * @param asOf the reader's {@code pg_snapshot}
 * @param ownXid the {@code xid8} of the transaction that refreshed it last; 0 if there is none
 * @param from where these are columns; empty if they are columns of nothing
 * @param where which row of it
 */
public record FrontierColumns(
    Expression asOf, Expression ownXid, List<FromItem> from, List<Expression> where) {

  public FrontierColumns {
    requireNonNull(asOf);
    requireNonNull(ownXid);
    from = List.copyOf(from);
    where = List.copyOf(where);
  }

  /** Of a frontier that is in parameters. */
  public static FrontierColumns given(Expression asOf, Expression ownXid) {
    return new FrontierColumns(asOf, ownXid, List.of(), List.of());
  }

  /** As a subquery of its own, so that PostgreSQL computes it once and not for every row. */
  Expression once(Expression ofFrontier) {
    SelectBuilder select = Select.builder().target(ofFrontier);
    from.forEach(select::from);
    where.forEach(select::where);
    return Sql.scalar(select.build());
  }
}
