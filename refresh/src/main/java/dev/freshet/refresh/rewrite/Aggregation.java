package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.algebra.Catalog;
import dev.freshet.refresh.algebra.Scope;
import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.Distinctness;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Expressions;
import dev.freshet.refresh.sql.FunctionCall;
import dev.freshet.refresh.sql.Grouping;
import dev.freshet.refresh.sql.JsonExpression;
import dev.freshet.refresh.sql.Ordering;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The anatomy of a SELECT that groups.
 *
 * @param keys what the groups are made by: the expressions of GROUP BY, and columns outside
 *     aggregates that follow from them, which group as finely
 * @param aggregates the distinct aggregate calls of targets and HAVING
 */
record Aggregation(Select select, Scope scope, List<Expression> keys, List<Expression> aggregates) {

  /** {@code GROUP BY ()}. */
  private static final Grouping ONE_GROUP =
      new Grouping(List.of(new Grouping.Columns(List.of())), false, List.of());

  Aggregation {
    keys = List.copyOf(keys);
    aggregates = List.copyOf(aggregates);
  }

  /** Whether a SELECT groups at all: an aggregate in any of its clauses makes one row of all. */
  static boolean isIn(Select select, Catalog catalog) {
    return !select.grouping().elements().isEmpty()
        || !select.grouping().having().isEmpty()
        || outside(select).stream()
            .anyMatch(expression -> !aggregatesIn(expression, catalog).isEmpty());
  }

  /** Whether it makes one row of all, without GROUP BY. */
  static boolean isOfAllRows(Select select, Catalog catalog) {
    return isIn(select, catalog) && select.grouping().elements().isEmpty();
  }

  /**
   * The SELECT without its order. Where only the order has an aggregate, that still makes one row
   * of all.
   */
  static Select withoutOrder(Select select, Catalog catalog) {
    Select unordered = select.toBuilder().ordering(Ordering.NONE).build();
    return isIn(select, catalog) && !isIn(unordered, catalog)
        ? unordered.toBuilder().grouping(ONE_GROUP).build()
        : unordered;
  }

  static Aggregation of(Select select, Scope scope, Catalog catalog) {
    List<Expression> grouped = outside(select);
    Set<Expression> aggregates = new LinkedHashSet<>();
    grouped.forEach(expression -> aggregates.addAll(aggregatesIn(expression, catalog)));
    Set<Expression> keys = new LinkedHashSet<>(select.grouping().expressions());
    Map<Expression, Expression> known = new HashMap<>();
    keys.forEach(key -> known.put(key, Sql.nothing()));
    aggregates.forEach(call -> known.put(call, Sql.nothing()));
    Substitution withoutKnown = new Substitution(known);
    for (Expression expression : grouped) {
      keys.addAll(Expressions.collect(withoutKnown.in(expression), ColumnReference.class));
    }
    return new Aggregation(select, scope, List.copyOf(keys), List.copyOf(aggregates));
  }

  private static List<Expression> outside(Select select) {
    List<Expression> expressions = new ArrayList<>();
    select.targets().forEach(target -> expressions.add(target.expression()));
    expressions.addAll(select.grouping().having());
    select.ordering().keys().forEach(key -> expressions.add(key.expression()));
    select.windows().forEach(window -> addTo(expressions, window));
    if (select.distinctness() instanceof Distinctness.DistinctOn on) {
      expressions.addAll(on.expressions());
    }
    return expressions;
  }

  private static void addTo(List<Expression> expressions, Window.Declaration window) {
    expressions.addAll(window.definition().partitionBy());
    window.definition().orderBy().forEach(key -> expressions.add(key.expression()));
  }

  private static List<Expression> aggregatesIn(Expression expression, Catalog catalog) {
    List<Expression> found = new ArrayList<>();
    Expressions.collect(expression, FunctionCall.class).stream()
        .filter(catalog::isAggregate)
        .forEach(found::add);
    Expressions.collect(expression, JsonExpression.class).stream()
        .filter(Aggregation::isJsonAggregate)
        .forEach(found::add);
    return found;
  }

  private static boolean isJsonAggregate(JsonExpression expression) {
    return expression instanceof JsonExpression.ArrayAggregate
        || expression instanceof JsonExpression.ObjectAggregate;
  }

  /** Whether there is one group, present even without rows. */
  boolean isGlobal() {
    return select.grouping().expressions().isEmpty();
  }
}
