package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.algebra.Catalog;
import dev.freshet.refresh.delta.Clock;
import dev.freshet.refresh.sql.Distinctness;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Grouping;
import dev.freshet.refresh.sql.Ordering;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SelectBuilder;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.Target;
import dev.freshet.refresh.sql.TreeRewriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares groups with the time where rows are compared, in WHERE, over a relation of the groups.
 *
 * <pre>
 *   SELECT k FROM e GROUP BY k HAVING max(ts) > now() - '1 day'
 *   → SELECT h.k FROM (SELECT k, max(ts) AS __h1 FROM e GROUP BY k) h WHERE h.__h1 > now() - '1 day'
 * </pre>
 *
 * <p>Only where nothing comes between HAVING and the result, a window or a limit, say.
 */
final class TimedGroups extends TreeRewriter {

  private final Catalog catalog;
  private final Aliases aliases;

  private TimedGroups(Catalog catalog, Aliases aliases) {
    this.catalog = catalog;
    this.aliases = aliases;
  }

  static Query in(Query query, Catalog catalog, Aliases aliases) {
    return new TimedGroups(catalog, aliases).query(query);
  }

  @Override
  public Query query(Query query) {
    Query inside = super.query(query);
    return inside instanceof Select select
            && select.grouping().having().stream().anyMatch(Clock::isIn)
            && !PartitionStage.isNeeded(select)
        ? overGroups(select)
        : inside;
  }

  private Select overGroups(Select select) {
    Aggregation anatomy = Aggregation.of(select, new Scopes(catalog).of(select.from()), catalog);
    List<Target> targets = NamedTargets.of(select).targets();
    Grouping grouping = select.grouping();
    String alias = aliases.next("groups");
    SelectBuilder groups =
        select.toBuilder()
            .targets(targets)
            .distinct(new Distinctness.KeepDuplicates())
            .ordering(Ordering.NONE)
            .grouping(
                new Grouping(
                    grouping.elements(),
                    grouping.distinct(),
                    grouping.having().stream().filter(conjunct -> !Clock.isIn(conjunct)).toList()));
    Map<Expression, Expression> places = new LinkedHashMap<>();
    List<Expression> shown = new ArrayList<>(anatomy.keys());
    shown.addAll(anatomy.aggregates());
    for (Expression expression : shown) {
      String name = "__h" + (places.size() + 1);
      places.put(expression, Sql.column(alias, name));
      groups.target(expression, name);
    }
    GroupColumns columns = new GroupColumns(places);
    SelectBuilder compared =
        Select.builder()
            .from(SubqueryItem.of(groups.build(), alias))
            .where(grouping.having().stream().filter(Clock::isIn).map(columns::expression).toList())
            .distinct(select.distinctness());
    for (Target target : targets) {
      compared.target(Sql.column(alias, target.alias()), target.alias());
    }
    return compared.build();
  }
}
