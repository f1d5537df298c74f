package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.algebra.Catalog;
import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Expressions;
import dev.freshet.refresh.sql.Grouping;
import dev.freshet.refresh.sql.GroupingCall;
import dev.freshet.refresh.sql.Ordering;
import dev.freshet.refresh.sql.Position;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SelectBuilder;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.Target;
import dev.freshet.refresh.sql.TreeRewriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes GROUPING SETS, ROLLUP and CUBE as one grouping for each set.
 *
 * <pre>
 *   γ[(a, b), (a), ()](R)  =  γ[a, b](R)  ⊎  γ[a](R) × (b: NULL)  ⊎  γ[](R) × (a, b: NULL)
 * </pre>
 *
 * <p>The groups become a relation of keys, aggregates and values of GROUPING, and everything that
 * is computed of them, HAVING, windows and order included, is computed over all of it: a condition
 * on {@code b} sees the NULL of the sets without b. Arguments of aggregates see the rows and no
 * NULL of ours. The empty set is one group even where there are no rows.
 */
final class GroupingSetsToUnion extends TreeRewriter {

  private static final int SETS_MAX = 64;

  private final Catalog catalog;
  private final Types types;
  private final Aliases aliases = new Aliases();

  private GroupingSetsToUnion(Catalog catalog, Types types) {
    this.catalog = catalog;
    this.types = types;
  }

  static Query in(Query query, Catalog catalog, Types types) {
    return new GroupingSetsToUnion(catalog, types).query(query);
  }

  @Override
  public Query query(Query query) {
    Query inside = super.query(query);
    return inside instanceof Select select
            && (!select.grouping().isPlain() || !groupingCalls(select).isEmpty())
        ? overSets(select)
        : inside;
  }

  private Select overSets(Select select) {
    Aggregation anatomy = Aggregation.of(select, new Scopes(catalog).of(select.from()), catalog);
    Map<Expression, Expression> places = new LinkedHashMap<>();
    String alias = aliases.next("sets");
    List<Expression> shown = new ArrayList<>(anatomy.keys());
    shown.addAll(anatomy.aggregates());
    shown.addAll(groupingCalls(select));
    shown.forEach(
        expression -> places.put(expression, Sql.column(alias, "__g" + (places.size() + 1))));
    List<Column> keys = typesOf(anatomy.keys(), select);
    Query union =
        setsOf(select.grouping()).stream()
            .<Query>map(set -> grouped(select, set, places, keys))
            .reduce(Sql::unionAll)
            .orElseThrow();
    GroupColumns ofSets = new GroupColumns(places);
    List<Target> targets =
        NamedTargets.of(select).targets().stream()
            .map(target -> new Target(ofSets.expression(target.expression()), target.alias()))
            .toList();
    return Select.builder()
        .targets(targets)
        .from(SubqueryItem.of(union, alias))
        .where(select.grouping().having().stream().map(ofSets::expression).toList())
        .windows(select.windows().stream().map(window -> window.mapNodes(ofSets)).toList())
        .distinct(select.distinctness().mapNodes(ofSets))
        .ordering(select.ordering().mapNodes(ofSets))
        .build();
  }

  private static Set<Expression> groupingCalls(Select select) {
    Set<Expression> calls = new LinkedHashSet<>();
    OwnExpressions.of(select)
        .forEach(expression -> calls.addAll(Expressions.collect(expression, GroupingCall.class)));
    return calls;
  }

  /** The types of the keys, for the NULLs in their places. */
  private List<Column> typesOf(List<Expression> keys, Select select) {
    if (keys.isEmpty()) {
      return List.of();
    }
    SelectBuilder rows = Select.builder().from(select.from());
    for (int i = 0; i < keys.size(); i++) {
      rows.target(keys.get(i), "k" + (i + 1));
    }
    return types.of(rows.build());
  }

  private static Select grouped(
      Select select, List<Expression> set, Map<Expression, Expression> places, List<Column> keys) {
    SelectBuilder groups = Select.builder().from(select.from()).where(select.where());
    int place = 0;
    for (Map.Entry<Expression, Expression> entry : places.entrySet()) {
      Expression expression = entry.getKey();
      Expression value = expression;
      if (place < keys.size() && !set.contains(expression)) {
        value = Sql.cast(Sql.nothing(), keys.get(place).type().typeName());
      } else if (expression instanceof GroupingCall call) {
        value = Sql.integer(maskOf(call, set));
      }
      groups.target(value, ((ColumnReference) entry.getValue()).name());
      place++;
    }
    return groups
        .grouping(
            set.isEmpty()
                ? new Grouping(List.of(new Grouping.Columns(List.of())), false, List.of())
                : Grouping.by(set))
        .ordering(Ordering.NONE)
        .build();
  }

  /** A bit for each operand, the last one's the lowest; set where the operand is not grouped by. */
  private static long maskOf(GroupingCall call, List<Expression> set) {
    long mask = 0;
    for (Expression operand : call.operands()) {
      mask = (mask << 1) | (set.contains(operand) ? 0 : 1);
    }
    return mask;
  }

  /** The grouping sets: all combinations of one of each element. */
  private static List<List<Expression>> setsOf(Grouping grouping) {
    List<List<Expression>> sets = List.of(List.of());
    for (Grouping.Element element : grouping.elements()) {
      List<List<Expression>> combined = new ArrayList<>();
      for (List<Expression> left : sets) {
        for (List<Expression> right : setsOf(element)) {
          Set<Expression> both = new LinkedHashSet<>(left);
          both.addAll(right);
          combined.add(List.copyOf(both));
        }
      }
      sets = combined;
      requireFew(sets);
    }
    return grouping.distinct() ? withoutRepetitions(sets) : sets;
  }

  private static List<List<Expression>> withoutRepetitions(List<List<Expression>> sets) {
    Set<Set<Expression>> seen = new HashSet<>();
    return sets.stream().filter(set -> seen.add(Set.copyOf(set))).toList();
  }

  private static List<List<Expression>> setsOf(Grouping.Element element) {
    return switch (element) {
      case Grouping.Columns columns -> List.of(columns.expressions());
      case Grouping.Sets sets ->
          sets.elements().stream().flatMap(inner -> setsOf(inner).stream()).toList();
      case Grouping.Rollup rollup -> prefixes(rollup.elements());
      case Grouping.Cube cube -> subsets(cube.elements());
    };
  }

  private static List<List<Expression>> prefixes(List<Grouping.Element> elements) {
    List<List<Expression>> sets = new ArrayList<>();
    for (int length = elements.size(); length >= 0; length--) {
      sets.add(united(elements.subList(0, length)));
    }
    return sets;
  }

  private static List<List<Expression>> subsets(List<Grouping.Element> elements) {
    if (elements.size() > Integer.numberOfTrailingZeros(SETS_MAX)) {
      throw tooMany();
    }
    List<List<Expression>> sets = new ArrayList<>();
    for (int left = (1 << elements.size()) - 1; left >= 0; left--) {
      List<Grouping.Element> chosen = new ArrayList<>();
      for (int i = 0; i < elements.size(); i++) {
        if ((left & (1 << (elements.size() - 1 - i))) != 0) {
          chosen.add(elements.get(i));
        }
      }
      sets.add(united(chosen));
    }
    return sets;
  }

  private static List<Expression> united(List<Grouping.Element> elements) {
    Set<Expression> all = new LinkedHashSet<>();
    elements.forEach(element -> all.addAll(element.expressions()));
    return List.copyOf(all);
  }

  private static void requireFew(List<List<Expression>> sets) {
    if (sets.size() > SETS_MAX) {
      throw tooMany();
    }
  }

  private static RuntimeException tooMany() {
    return Linearity.refusal(
        "grouping_sets",
        "more than %d grouping sets have no delta: each would be a table of its own"
            .formatted(SETS_MAX),
        Position.NONE);
  }
}
