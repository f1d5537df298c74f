package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Expressions;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.TreeRewriter;
import java.util.Map;

/**
 * Reads columns in the place of what a relation has computed already, keys and aggregates of groups
 * above all; in subqueries, too.
 *
 * <p>What has no column is of its own level: in a subquery {@code count(*)} counts the subquery's
 * rows, not those of the groups around it.
 */
final class GroupColumns extends TreeRewriter {

  private final Map<Expression, Expression> places;
  private int depth;

  GroupColumns(Map<Expression, Expression> places) {
    this.places = Map.copyOf(places);
  }

  @Override
  public Expression expression(Expression expression) {
    Expression place = places.get(expression);
    return place != null && !isOfSubquery(expression) ? place : super.expression(expression);
  }

  private boolean isOfSubquery(Expression expression) {
    return depth > 0 && Expressions.collect(expression, ColumnReference.class).isEmpty();
  }

  @Override
  public Query query(Query query) {
    depth++;
    Query replaced = super.query(query);
    depth--;
    return replaced;
  }
}
