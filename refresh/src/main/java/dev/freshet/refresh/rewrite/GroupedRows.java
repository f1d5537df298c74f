package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.algebra.Catalog;
import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Expressions;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.Grouping;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SelectBuilder;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.SubqueryExpression;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.Target;
import dev.freshet.refresh.sql.Trees;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Grouping first, subqueries after: a SELECT that groups, and has subqueries which are evaluated
 * for its groups, becomes one that reads the groups as rows.
 *
 * <pre>
 *   SELECT k, count(*) FROM t GROUP BY k HAVING count(*) > (SELECT …)
 *   →  SELECT g.k, g.n FROM (SELECT k, count(*) AS n FROM t GROUP BY k) AS g WHERE g.n > (SELECT …)
 * </pre>
 *
 * <p>Subqueries in WHERE and in the arguments of aggregates are evaluated for rows and stay inside.
 */
final class GroupedRows {

  private final Catalog catalog;
  private final Aliases aliases;

  GroupedRows(Catalog catalog, Aliases aliases) {
    this.catalog = catalog;
    this.aliases = aliases;
  }

  /** Empty where no subquery is evaluated for groups. */
  Optional<Select> of(Select select) {
    if (!Aggregation.isIn(select, catalog) || !select.grouping().isPlain()) {
      return Optional.empty();
    }
    Aggregation anatomy = Aggregation.of(select, new Scopes(catalog).of(select.from()), catalog);
    Map<Expression, Expression> places = new LinkedHashMap<>();
    String alias = aliases.next("groups");
    anatomy.keys().forEach(key -> places.put(key, place(alias, places)));
    anatomy.aggregates().forEach(call -> places.put(call, place(alias, places)));
    Substitution ofGroups = new Substitution(places);
    boolean needed =
        afterGrouping(select).stream().map(ofGroups::in).anyMatch(OwnExpressions::hasSubquery);
    return needed ? Optional.of(split(select, alias, places)) : Optional.empty();
  }

  private static Expression place(String alias, Map<Expression, Expression> places) {
    return Sql.column(alias, "__g" + (places.size() + 1));
  }

  private static List<Expression> afterGrouping(Select select) {
    return OwnExpressions.of(
        select.toBuilder()
            .where(List.of())
            .grouping(Grouping.NONE.having(select.grouping().having()))
            .build());
  }

  private Select split(Select select, String alias, Map<Expression, Expression> places) {
    Set<String> own = new HashSet<>();
    select.from().forEach(item -> collectAliases(item, own));
    // What the subqueries use of the rows follows from the keys, or PostgreSQL would have refused
    // it.
    for (Expression expression : afterGrouping(select)) {
      for (SubqueryExpression subquery :
          Expressions.collect(expression, SubqueryExpression.class)) {
        Trees.expressions(subquery.query(), ColumnReference.class).stream()
            .filter(column -> column.path().size() == 2 && own.contains(column.path().getFirst()))
            .filter(column -> !places.containsKey(column))
            .forEach(column -> places.put(column, place(alias, places)));
      }
    }
    List<Expression> inside = new ArrayList<>();
    List<Expression> outside = new ArrayList<>();
    select
        .grouping()
        .having()
        .forEach(c -> (OwnExpressions.hasSubquery(c) ? outside : inside).add(c));
    SelectBuilder groups =
        Select.builder()
            .from(select.from())
            .where(select.where())
            .grouping(select.grouping().having(inside));
    places.forEach(
        (expression, place) -> groups.target(expression, ((ColumnReference) place).name()));
    GroupColumns replacing = new GroupColumns(places);
    List<Target> targets =
        NamedTargets.of(select).targets().stream()
            .map(target -> new Target(replacing.expression(target.expression()), target.alias()))
            .toList();
    return Select.builder()
        .targets(targets)
        .from(SubqueryItem.of(groups.build(), alias))
        .where(outside.stream().map(replacing::expression).toList())
        .windows(select.windows().stream().map(window -> window.mapNodes(replacing)).toList())
        .distinct(select.distinctness().mapNodes(replacing))
        .ordering(select.ordering().mapNodes(replacing))
        .build();
  }

  private static void collectAliases(FromItem item, Set<String> aliases) {
    if (item instanceof dev.freshet.refresh.sql.JoinItem join) {
      collectAliases(join.left(), aliases);
      collectAliases(join.right(), aliases);
    } else {
      aliases.add(item.visibleName());
    }
  }
}
