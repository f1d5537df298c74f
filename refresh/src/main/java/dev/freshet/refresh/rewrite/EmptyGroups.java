package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.algebra.Catalog;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Expressions;
import dev.freshet.refresh.sql.FunctionCall;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.Sql;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What aggregates give for no rows: groups by a key do not exist then, but a subquery has a row.
 */
final class EmptyGroups {

  private static final Set<String> COUNTS = Set.of("count", "regr_count");
  private static final Set<String> HYPOTHETICAL =
      Set.of("rank", "dense_rank", "percent_rank", "cume_dist");

  private EmptyGroups() {}

  /** The value of a subquery of aggregates that finds no rows; empty where it is NULL. */
  static Optional<Expression> valueOf(Query query, Catalog catalog) {
    if (!(query instanceof Select select)
        || !Aggregation.isIn(select, catalog)
        || !select.grouping().elements().isEmpty()) {
      return Optional.empty();
    }
    return valueOf(select.targets().getFirst().expression(), catalog);
  }

  /** The value of an expression over aggregates that find no rows; empty where it is NULL. */
  static Optional<Expression> valueOf(Expression value, Catalog catalog) {
    Map<Expression, Expression> empty = new HashMap<>();
    for (FunctionCall call : Expressions.collect(value, FunctionCall.class)) {
      if (catalog.isAggregate(call)) {
        empty.put(call, ofNothing(call));
      }
    }
    boolean isNull = empty.containsKey(value) && empty.get(value).equals(Sql.nothing());
    return isNull ? Optional.empty() : Optional.of(new Substitution(empty).in(value));
  }

  private static Expression ofNothing(FunctionCall call) {
    String name = call.name().getLast();
    boolean builtIn = call.name().size() == 1 || call.name().getFirst().equals("pg_catalog");
    if (!builtIn || HYPOTHETICAL.contains(name)) {
      throw Linearity.refusal(
          "subquery",
          "what %s gives for no rows is not known, so that it has no delta rule in a correlated subquery"
              .formatted(name),
          call.position());
    }
    return COUNTS.contains(name) ? Sql.cast(Sql.integer(0), "int8") : Sql.nothing();
  }
}
