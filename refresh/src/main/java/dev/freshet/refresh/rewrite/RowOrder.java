package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.algebra.Catalog;
import dev.freshet.refresh.sql.CallModifiers;
import dev.freshet.refresh.sql.Distinctness;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.FunctionCall;
import dev.freshet.refresh.sql.JsonExpression;
import dev.freshet.refresh.sql.NodeMapping;
import dev.freshet.refresh.sql.Position;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.TreeRewriter;
import dev.freshet.refresh.sql.Window;
import dev.freshet.refresh.sql.WindowCall;
import java.util.List;
import java.util.Set;

/**
 * Refuses what depends on the order in which a subquery gives its rows.
 *
 * <p>{@code SELECT array_agg(x) FROM (SELECT x FROM t ORDER BY x) s} relies on the rows coming in
 * the order of the subquery, which PostgreSQL's manual recommends. A delta and a stage are bags:
 * the order would be lost. So would the rows that {@code LIMIT} takes without an order of its own.
 */
final class RowOrder extends TreeRewriter {

  /** Aggregates whose result is the same in whatever order the rows come, but for last digits. */
  private static final Set<String> INDIFFERENT =
      Set.of(
          "count",
          "sum",
          "avg",
          "min",
          "max",
          "bool_and",
          "bool_or",
          "every",
          "bit_and",
          "bit_or",
          "bit_xor",
          "stddev",
          "stddev_pop",
          "stddev_samp",
          "variance",
          "var_pop",
          "var_samp",
          "corr",
          "covar_pop",
          "covar_samp",
          "regr_avgx",
          "regr_avgy",
          "regr_count",
          "regr_intercept",
          "regr_r2",
          "regr_slope",
          "regr_sxx",
          "regr_sxy",
          "regr_syy",
          "range_agg",
          "range_intersect_agg");

  private final Catalog catalog;

  private RowOrder(Catalog catalog) {
    this.catalog = catalog;
  }

  static void require(Query query, Catalog catalog) {
    new RowOrder(catalog).query(query);
  }

  @Override
  public Query query(Query query) {
    if (query instanceof Select select && ordersInside(select) && depends(select)) {
      throw Linearity.refusal(
          "ordered_subquery",
          "the result depends on the order of a subquery's rows; write ORDER BY where it is needed: in the aggregate, the window, beside LIMIT",
          Position.NONE);
    }
    return super.query(query);
  }

  private static boolean ordersInside(Select select) {
    boolean[] found = new boolean[1];
    TreeRewriter search =
        new TreeRewriter() {
          @Override
          public Query query(Query query) {
            found[0] |= !query.ordering().keys().isEmpty();
            return super.query(query);
          }
        };
    select.from().forEach(search::fromItem);
    return found[0];
  }

  private boolean depends(Select select) {
    boolean firstRows =
        select.ordering().isLimited() || select.distinctness() instanceof Distinctness.DistinctOn;
    if (firstRows && select.ordering().keys().isEmpty()) {
      return true;
    }
    boolean[] found = new boolean[1];
    select.mapNodes(
        new NodeMapping() {
          @Override
          public Expression expression(Expression expression) {
            found[0] |= depends(expression, select);
            return expression.mapNodes(this);
          }

          @Override
          public FromItem fromItem(FromItem item) {
            return item;
          }
        });
    return found[0];
  }

  private boolean depends(Expression expression, Select select) {
    return switch (expression) {
      case WindowCall call -> !isIndifferent(call.call()) && !isOrdered(call.window(), select);
      case FunctionCall call ->
          catalog.isAggregate(call) && !isIndifferent(call) && !isOrdered(call.modifiers());
      case JsonExpression.ArrayAggregate call -> !isOrdered(call.modifiers());
      case JsonExpression.ObjectAggregate call -> !isOrdered(call.modifiers());
      default -> false;
    };
  }

  private static boolean isIndifferent(Expression call) {
    return call instanceof FunctionCall function
        && function.name().size() == 1
        && INDIFFERENT.contains(function.name().getFirst());
  }

  private static boolean isOrdered(CallModifiers modifiers) {
    return modifiers.distinct() || modifiers.withinGroup() || !modifiers.orderBy().isEmpty();
  }

  private static boolean isOrdered(Window window, Select select) {
    return switch (window) {
      case Window.Named named -> isOrdered(named.name(), select.windows());
      case Window.Definition definition ->
          !definition.orderBy().isEmpty() || isOrdered(definition.base(), select.windows());
    };
  }

  private static boolean isOrdered(String name, List<Window.Declaration> windows) {
    return windows.stream()
        .filter(window -> window.name().equals(name))
        .anyMatch(window ->
            !window.definition().orderBy().isEmpty()
                || isOrdered(window.definition().base(), windows));
  }
}
