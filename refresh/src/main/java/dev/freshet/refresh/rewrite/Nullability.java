package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.algebra.Catalog;
import dev.freshet.refresh.algebra.Scope;
import dev.freshet.refresh.sql.Coalesce;
import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FunctionCall;
import dev.freshet.refresh.sql.Literal;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.Sql;
import java.util.Set;

/** Which expressions are never NULL: few are claimed, since a wrong claim loses rows. */
final class Nullability {

  private static final Set<String> COUNTS = Set.of("count");

  private Nullability() {}

  /** Of an expression over the rows of a SELECT, whose conditions may leave no NULL of it. */
  static boolean neverNull(Expression expression, Select select, Scope scope, Catalog catalog) {
    return select.where().contains(Sql.isNotNull(expression))
        || select.where().contains(Sql.isPresent(expression))
        || neverNull(expression, scope, catalog);
  }

  static boolean neverNull(Expression expression, Scope scope, Catalog catalog) {
    return switch (expression) {
      case ColumnReference reference ->
          scope.find(reference).map(found -> found.column().notNull()).orElse(false);
      case Literal.Null _ -> false;
      case Literal _ -> true;
      case Coalesce coalesce ->
          coalesce.children().stream().anyMatch(operand -> neverNull(operand, scope, catalog));
      case FunctionCall call ->
          call.name().size() == 1
              && COUNTS.contains(call.name().getFirst())
              && catalog.isAggregate(call);
      default -> false;
    };
  }
}
