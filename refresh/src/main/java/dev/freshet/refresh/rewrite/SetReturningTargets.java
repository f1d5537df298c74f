package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.algebra.Catalog;
import dev.freshet.refresh.algebra.NotDifferentiable;
import dev.freshet.refresh.sql.Alias;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Expressions;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.FunctionCall;
import dev.freshet.refresh.sql.FunctionItem;
import dev.freshet.refresh.sql.NodeMapping;
import dev.freshet.refresh.sql.Ordering;
import dev.freshet.refresh.sql.Position;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SelectBuilder;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.Target;
import dev.freshet.refresh.sql.TreeRewriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Moves set-returning functions from the SELECT list to FROM, where they are a part of the row on
 * their left.
 *
 * <pre>
 *   SELECT id, f(x), g(y) FROM t  →  SELECT id, s.v1, s.v2 FROM t, LATERAL ROWS FROM (f(x), g(y)) s (v1, v2)
 * </pre>
 *
 * <p>In both places several functions run side by side until the longest ends, the others giving
 * NULL. Those that PostgreSQL evaluates after grouping or windows, or for the rows of another one,
 * are left, and refused later; so are those that return rows, which FROM would take apart.
 */
final class SetReturningTargets extends TreeRewriter {

  private static final String ALIAS = "__sets1";

  private final Catalog catalog;
  private final Types types;

  private SetReturningTargets(Catalog catalog, Types types) {
    this.catalog = catalog;
    this.types = types;
  }

  static Query in(Query query, Catalog catalog, Types types) {
    return new SetReturningTargets(catalog, types).query(query);
  }

  @Override
  public Query query(Query query) {
    return super.query(query instanceof Select select ? moved(select) : query);
  }

  private Select moved(Select select) {
    Map<Expression, Expression> columns = new LinkedHashMap<>();
    List<FunctionItem.Source> functions = new ArrayList<>();
    for (Target target : select.targets()) {
      for (FunctionCall call : Expressions.collect(target.expression(), FunctionCall.class)) {
        if (catalog.returnsSet(call) && !columns.containsKey(call)) {
          functions.add(new FunctionItem.Source(call, List.of()));
          columns.put(call, Sql.column(ALIAS, "__value" + functions.size()));
        }
      }
    }
    if (functions.isEmpty()
        || !isEvaluatedForRows(select)
        || isNested(functions)
        || mayBeRows(select, functions)) {
      return select;
    }
    Alias alias =
        new Alias(
            ALIAS,
            IntStream.rangeClosed(1, functions.size()).mapToObj(i -> "__value" + i).toList());
    List<FromItem> from = new ArrayList<>(select.from());
    from.add(new FunctionItem(functions, false, true, alias));
    Substitution places = new Substitution(columns);
    List<Target> targets =
        NamedTargets.of(select).targets().stream()
            .map(target -> new Target(places.in(target.expression()), target.alias()))
            .toList();
    Ordering ordering = select.ordering().mapNodes(NodeMapping.ofExpressions(places::in));
    return select.toBuilder().targets(targets).from(from).ordering(ordering).build();
  }

  private boolean isEvaluatedForRows(Select select) {
    return !Aggregation.isIn(select, catalog)
        && select.grouping().elements().isEmpty()
        && !PartitionStage.hasWindows(select);
  }

  private boolean isNested(List<FunctionItem.Source> functions) {
    return functions.stream()
        .flatMap(function ->
            Expressions.collect(function.call(), FunctionCall.class).stream()
                .filter(call -> call != function.call()))
        .anyMatch(catalog::returnsSet);
  }

  /** Whether a function returns rows; what uses rows from outside cannot be asked for its type. */
  private boolean mayBeRows(Select select, List<FunctionItem.Source> functions) {
    SelectBuilder calls = Select.builder().from(select.from());
    functions.forEach(function -> calls.target(function.call(), "c"));
    try {
      return types.of(NumberedColumns.query(calls.build())).stream()
          .anyMatch(column -> column.type().isComposite());
    } catch (NotDifferentiable refused) {
      throw Linearity.refusal(
          "set_returning_target",
          "a set-returning function in the SELECT list of a correlated subquery has no delta rule; write it in FROM",
          Position.NONE);
    }
  }
}
