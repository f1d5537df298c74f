package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Expressions;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.JoinCondition;
import dev.freshet.refresh.sql.JoinItem;
import dev.freshet.refresh.sql.NodeMapping;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SubqueryExpression;
import dev.freshet.refresh.sql.TableReference;
import dev.freshet.refresh.sql.Trees;
import java.util.ArrayList;
import java.util.List;

/** What stands in the clauses of a SELECT itself, its FROM clause apart. */
final class OwnExpressions {

  private OwnExpressions() {}

  /** The expressions of all clauses, as they stand there. */
  static List<Expression> of(Select select) {
    List<Expression> found = new ArrayList<>();
    select.mapNodes(
        new NodeMapping() {
          @Override
          public Expression expression(Expression expression) {
            found.add(expression);
            return expression;
          }
        });
    return List.copyOf(found);
  }

  static boolean hasSubquery(Expression expression) {
    return Expressions.contains(expression, SubqueryExpression.class::isInstance);
  }

  static boolean hasSubquery(Select select) {
    return of(select).stream().anyMatch(OwnExpressions::hasSubquery)
        || select.from().stream().anyMatch(OwnExpressions::hasSubqueryInCondition);
  }

  private static boolean hasSubqueryInCondition(FromItem item) {
    return item instanceof JoinItem join
        && (hasSubqueryInCondition(join.left())
            || hasSubqueryInCondition(join.right())
            || (join.condition() instanceof JoinCondition.On on
                && on.conjuncts().stream().anyMatch(OwnExpressions::hasSubquery)));
  }

  /** Whether a query computes without reading any table: a value and no relation. */
  static boolean readsNothing(Query query) {
    return Trees.fromItems(query, TableReference.class).isEmpty();
  }
}
