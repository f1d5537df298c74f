package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.algebra.Catalog;
import dev.freshet.refresh.algebra.NotDifferentiable;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Expressions;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.FunctionCall;
import dev.freshet.refresh.sql.GroupingCall;
import dev.freshet.refresh.sql.JoinCondition;
import dev.freshet.refresh.sql.JoinItem;
import dev.freshet.refresh.sql.Position;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SubqueryExpression;
import dev.freshet.refresh.sql.Target;
import java.util.ArrayList;
import java.util.List;

/** What of a SELECT has no delta rule, each with its code and sentence. */
final class Linearity {

  private final Catalog catalog;

  Linearity(Catalog catalog) {
    this.catalog = catalog;
  }

  /** Refuses what neither a linear rule nor grouping maintains. */
  void require(Select select) {
    if (!select.locking().isEmpty()) {
      throw refusal(
          "locking_clause",
          "FOR UPDATE and the like lock rows; a stream table cannot",
          Position.NONE);
    }
    if (!select.grouping().isPlain()) {
      throw refusal(
          "grouping_sets", "GROUPING SETS, ROLLUP and CUBE have no delta rule yet", Position.NONE);
    }
    select.from().forEach(this::requirePlain);
    expressionsOf(select).forEach(this::require);
    select.targets().forEach(this::requireScalar);
  }

  private void requirePlain(FromItem item) {
    if (!(item instanceof JoinItem join)) {
      return;
    }
    if (join.alias().isPresent()) {
      throw refusal("join_alias", "a join with an alias has no delta rule", Position.NONE);
    }
    requirePlain(join.left());
    requirePlain(join.right());
  }

  private void require(Expression expression) {
    Expressions.collect(expression, SubqueryExpression.class)
        .forEach(call -> {
          throw refusal(
              "subquery", "subqueries in expressions have no delta rule yet", call.position());
        });
    Expressions.collect(expression, GroupingCall.class)
        .forEach(call -> {
          throw refusal("grouping_sets", "GROUPING() has no delta rule yet", call.position());
        });
  }

  private void requireScalar(Target target) {
    Expressions.collect(target.expression(), FunctionCall.class).stream()
        .filter(catalog::returnsSet)
        .forEach(call -> {
          throw refusal(
              "set_returning_target",
              "a set-returning function in the SELECT list has no delta rule; write it in FROM, as LATERAL",
              call.position());
        });
  }

  /** All expressions of the query's own level. */
  static List<Expression> expressionsOf(Select select) {
    List<Expression> all = new ArrayList<>();
    select.targets().forEach(target -> all.add(target.expression()));
    all.addAll(select.where());
    all.addAll(select.grouping().expressions());
    all.addAll(select.grouping().having());
    select.ordering().keys().forEach(key -> all.add(key.expression()));
    select.from().forEach(item -> collectConditions(item, all));
    return all;
  }

  private static void collectConditions(FromItem item, List<Expression> all) {
    if (item instanceof JoinItem join) {
      if (join.condition() instanceof JoinCondition.On on) {
        all.addAll(on.conjuncts());
      }
      collectConditions(join.left(), all);
      collectConditions(join.right(), all);
    }
  }

  static NotDifferentiable refusal(String code, String sentence, Position position) {
    return new NotDifferentiable(code, sentence, position);
  }
}
