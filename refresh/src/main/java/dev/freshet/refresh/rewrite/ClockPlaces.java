package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.algebra.Catalog;
import dev.freshet.refresh.delta.Clock;
import dev.freshet.refresh.delta.ClockComparisons;
import dev.freshet.refresh.sql.Distinctness;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FunctionCall;
import dev.freshet.refresh.sql.NodeMapping;
import dev.freshet.refresh.sql.Position;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.TreeRewriter;
import dev.freshet.refresh.sql.Trees;
import dev.freshet.refresh.sql.ValueFunction;
import java.util.List;

/**
 * Where a query may ask for the time: in WHERE, and compared with something in what a SELECT
 * without groups, windows and limits shows. Everywhere else it is refused.
 */
final class ClockPlaces extends TreeRewriter {

  private final Catalog catalog;

  private ClockPlaces(Catalog catalog) {
    this.catalog = catalog;
  }

  /** Whether there is a clock anywhere in the query. */
  static boolean isIn(Query query) {
    return Trees.expressions(query, Expression.class).stream().anyMatch(Clock::isRead);
  }

  static void require(Query query, Catalog catalog) {
    new ClockPlaces(catalog).query(query);
  }

  @Override
  public Query query(Query query) {
    if (!(query instanceof Select select)) {
      return super.query(query);
    }
    boolean shows = isPlain(select);
    select.where().forEach(this::requireWithin);
    if (shows) {
      select
          .targets()
          .forEach(target -> {
            ClockComparisons.missedIn(target.expression()).ifPresent(ClockPlaces::refuse);
            requireWithin(target.expression());
          });
    }
    Select rest =
        select.toBuilder().where(List.of()).targets(shows ? List.of() : select.targets()).build();
    super.query(rest);
    return query;
  }

  private boolean isPlain(Select select) {
    return select.distinctness() instanceof Distinctness.KeepDuplicates
        && !Aggregation.isIn(select, catalog)
        && !PartitionStage.isNeeded(select);
  }

  /** The queries inside an expression that may itself ask for the time. */
  private void requireWithin(Expression expression) {
    expression.mapNodes(
        new NodeMapping() {
          @Override
          public Expression expression(Expression part) {
            return part.mapNodes(this);
          }

          @Override
          public Query query(Query inner) {
            return ClockPlaces.this.query(inner);
          }
        });
  }

  @Override
  public Expression expression(Expression expression) {
    if (Clock.isRead(expression)) {
      refuse(expression);
    }
    return super.expression(expression);
  }

  private static void refuse(Expression clock) {
    Position position =
        switch (clock) {
          case FunctionCall call -> call.position();
          case ValueFunction function -> function.position();
          default -> Position.NONE;
        };
    throw Linearity.refusal(
        "depends_on_time",
        "the time in this place changes every row as it passes; compare it with a column, in WHERE or in a condition",
        position);
  }
}
