package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.algebra.Catalog;
import dev.freshet.refresh.algebra.ColumnType;
import dev.freshet.refresh.delta.OutputColumns;
import dev.freshet.refresh.sql.Alias;
import dev.freshet.refresh.sql.CallModifiers;
import dev.freshet.refresh.sql.Distinctness;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FunctionCall;
import dev.freshet.refresh.sql.FunctionItem;
import dev.freshet.refresh.sql.Grouping;
import dev.freshet.refresh.sql.Indirection;
import dev.freshet.refresh.sql.Ordering;
import dev.freshet.refresh.sql.Position;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SelectBuilder;
import dev.freshet.refresh.sql.SortKey;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * The relation that takes the place of a subquery in an expression: the rows of the subquery by the
 * keys that belong to outer rows, one at most for each outer row.
 *
 * <p>Columns: {@code __k1, __k2, …} the keys, {@code __value} what the subquery gives, {@code
 * __found} true. They are joined to the outer rows, which get NULLs where the subquery is empty.
 */
final class SubqueryRelations {

  static final String FOUND = "__found";
  static final String VALUE = "__value";

  private final Catalog catalog;
  private final Types types;
  private final OuterRows outer;
  private final Aliases aliases;

  SubqueryRelations(Catalog catalog, Types types, OuterRows outer, Aliases aliases) {
    this.catalog = catalog;
    this.types = types;
    this.outer = outer;
    this.aliases = aliases;
  }

  /**
   * A relation and how it is joined.
   *
   * @param always whether every outer row has a partner
   */
  record Partner(SubqueryItem relation, List<Expression> conditions, boolean always) {

    Expression column(String name) {
      return Sql.column(relation.alias().name(), name);
    }
  }

  /** Which outer rows the subquery has any row for; empty if it has one for all. */
  Optional<Partner> existence(Query query) {
    Select select = plain(query);
    if (isOneGroup(select)) {
      if (select.grouping().having().isEmpty()) {
        return Optional.empty();
      }
      select = wrapped(select, List.of());
    }
    Decorrelation found = decorrelated(select);
    if (found.keys().isEmpty()) {
      Select any =
          over(found.body()).targets(List.of(new Target(Sql.truth(), FOUND))).distinct().build();
      SubqueryItem item = named(any);
      Expression there = Sql.equal(Sql.column(item.alias().name(), FOUND), Sql.truth());
      return Optional.of(new Partner(item, List.of(there), false));
    }
    Select keyed = keyed(found, List.of());
    boolean single = isUnique(keyed, found.keys().size());
    String rows = aliases.next("rows");
    SelectBuilder marked =
        Select.builder()
            .from(SubqueryItem.of(single ? keyed : keyed.toBuilder().distinct().build(), rows));
    found.keyNames().forEach(name -> marked.target(Sql.column(rows, name), name));
    return Optional.of(partner(found, marked.target(Sql.truth(), FOUND).build(), false));
  }

  /** The one value that a subquery has for each outer row. */
  Partner value(Query query) {
    if (OutputColumns.of(query).size() != 1) {
      throw refusal("a subquery of several columns, compared as a row, has no delta rule");
    }
    if (query instanceof Select select && isOneGroup(select) && !PartitionStage.isNeeded(select)) {
      return ofOneGroup(select);
    }
    if (query.ordering().isLimited()) {
      return limited(query);
    }
    Select select = plain(query);
    Decorrelation found = decorrelated(select);
    Select keyed = keyed(found, valueOf(found.body()));
    return isUnique(keyed, found.keys().size())
        ? partner(found, keyed, false)
        : single(found, keyed);
  }

  /** The values of the subquery's rows as an array; NULL where there are none. */
  Partner array(Query query) {
    if (!(query instanceof Select select)
        || PartitionStage.isNeeded(select)
        || Aggregation.isIn(select, catalog)
        || !(select.distinctness() instanceof Distinctness.KeepDuplicates)) {
      throw refusal("ARRAY() of a subquery that groups, limits or drops rows has no delta rule");
    }
    if (select.ordering().keys().isEmpty()) {
      throw refusal("the order in an ARRAY() without ORDER BY is anybody's guess: no delta");
    }
    Decorrelation found = decorrelated(select);
    Select body = found.body();
    Expression all = collected(body.targets().getFirst().expression(), body.ordering().keys());
    Select keyed = keyed(found, List.of(new Target(all, VALUE)));
    return partner(found, groupedByKeys(keyed, found), found.keys().isEmpty());
  }

  /** The type of the value. */
  ColumnType typeOf(Partner partner) {
    Query query = partner.relation().query();
    return types.of(query).get(OutputColumns.of(query).indexOf(VALUE)).type();
  }

  /** Aggregates without GROUP BY: a row even where nothing is aggregated. */
  private Partner ofOneGroup(Select select) {
    Decorrelation found = decorrelated(select);
    boolean conditional = !select.grouping().having().isEmpty();
    if (found.keys().isEmpty()) {
      Select one = over(found.body()).targets(valueOf(found.body())).build();
      return partner(found, one, !conditional);
    }
    if (conditional) {
      throw refusal("HAVING without GROUP BY in a correlated subquery has no delta rule");
    }
    List<Target> targets = new ArrayList<>(valueOf(found.body()));
    targets.add(new Target(Sql.truth(), FOUND));
    return partner(found, groupedByKeys(keyed(found, targets), found), false);
  }

  /**
   * A subquery without outer columns as it is; the first rows of a correlated one by their order.
   */
  private Partner limited(Query query) {
    if (outer.columnsIn(query).isEmpty()) {
      Select all = wrapped(query, List.of(VALUE));
      Decorrelation same = new Decorrelation(all, List.of());
      return isOne(query.ordering()) ? partner(same, all, false) : single(same, all);
    }
    if (!(query instanceof Select select)
        || Aggregation.isIn(select, catalog)
        || !(select.distinctness() instanceof Distinctness.KeepDuplicates)
        || !isOne(select.ordering())
        || select.ordering().offset().isPresent()) {
      throw refusal("of the limits inside a correlated subquery only LIMIT 1 has a delta rule");
    }
    List<SortKey> order = select.ordering().keys();
    Decorrelation found = decorrelated(select.toBuilder().ordering(Ordering.by(order)).build());
    Select body = found.body();
    requireNoArray(body);
    Expression all = collected(body.targets().getFirst().expression(), body.ordering().keys());
    Expression first = new Indirection(all, List.of(new Indirection.Index(Sql.integer(1))));
    return partner(
        found, groupedByKeys(keyed(found, List.of(new Target(first, VALUE))), found), false);
  }

  private static boolean isOne(Ordering ordering) {
    return ordering.limit() instanceof Ordering.Rows rows
        && Ordering.constant(rows.count()).equals(OptionalLong.of(1));
  }

  /**
   * The only value of a subquery of which it is not known that it has but one row. More than one is
   * PostgreSQL's own error, raised by its own means: a subquery over the collected values.
   */
  private Partner single(Decorrelation found, Select keyed) {
    requireNoArray(keyed);
    String rows = aliases.next("rows");
    SelectBuilder collecting =
        Select.builder()
            .from(SubqueryItem.of(keyed, rows))
            .target(collected(Sql.column(rows, VALUE), List.of()), "__values");
    List<Expression> keys = new ArrayList<>();
    for (String name : found.keyNames()) {
      keys.add(Sql.column(rows, name));
      collecting.target(Sql.column(rows, name), name);
    }
    Select groups = collecting.groupBy(keys).build();
    String group = aliases.next("group");
    FunctionItem values =
        new FunctionItem(
            List.of(
                new FunctionItem.Source(
                    Sql.call("unnest", Sql.column(group, "__values")), List.of())),
            false,
            false,
            new Alias("__one", List.of("__element")));
    Query only = Select.builder().target(Sql.column("__one", "__element")).from(values).build();
    SelectBuilder select =
        Select.builder().from(SubqueryItem.of(groups, group)).target(Sql.scalar(only), VALUE);
    found.keyNames().forEach(name -> select.target(Sql.column(group, name), name));
    return partner(found, select.build(), false);
  }

  private static Expression collected(Expression value, List<SortKey> order) {
    FunctionCall call = Sql.call("array_agg", value);
    return order.isEmpty()
        ? call
        : call.withModifiers(new CallModifiers(false, order, false, List.of()));
  }

  /** Collecting arrays would make one array of more dimensions. */
  private void requireNoArray(Select select) {
    if (types.of(select).stream().anyMatch(column -> !column.type().element().isEmpty())) {
      throw refusal("a subquery that gives an array, and maybe several rows, has no delta rule");
    }
  }

  /**
   * The query as a SELECT of rows that do not depend on one another; what its order says is lost.
   */
  private Select plain(Query query) {
    if (query instanceof Select select) {
      boolean noLimit =
          !select.ordering().isLimited()
              || (isOne(select.ordering()) && select.ordering().offset().isEmpty());
      Select unordered = select.toBuilder().ordering(Ordering.NONE).build();
      if (noLimit && !PartitionStage.isNeeded(unordered)) {
        return unordered;
      }
    }
    if (!outer.columnsIn(query).isEmpty()) {
      throw refusal(
          "a correlated subquery with a set operation, a limit or windows has no delta rule");
    }
    return wrapped(query, List.of());
  }

  /** {@code SELECT * FROM (query)}, under other names if they are given. */
  private Select wrapped(Query query, List<String> names) {
    String alias = aliases.next("rows");
    List<String> inner = NumberedColumns.of(query);
    SelectBuilder select =
        Select.builder().from(new SubqueryItem(query, false, new Alias(alias, inner)));
    IntStream.range(0, inner.size())
        .forEach(i ->
            select.target(
                Sql.column(alias, inner.get(i)), i < names.size() ? names.get(i) : inner.get(i)));
    return select.build();
  }

  private boolean isOneGroup(Select select) {
    return Aggregation.isOfAllRows(select, catalog);
  }

  private Decorrelation decorrelated(Select select) {
    return Decorrelation.of(select, outer, aliases.next("outer"));
  }

  private static List<Target> valueOf(Select select) {
    return List.of(new Target(select.targets().getFirst().expression(), VALUE));
  }

  private static SelectBuilder over(Select body) {
    return body.toBuilder().ordering(Ordering.NONE);
  }

  /**
   * The body's rows under their keys, and the targets; what was grouped is grouped by them, too.
   */
  static Select keyed(Decorrelation found, List<Target> targets) {
    List<Target> all = new ArrayList<>();
    List<String> names = found.keyNames();
    for (int i = 0; i < names.size(); i++) {
      all.add(new Target(found.keys().get(i).inner(), names.get(i)));
    }
    all.addAll(targets);
    SelectBuilder rows = over(found.body()).targets(all);
    // A NULL equals nothing; without it the key can be a primary key.
    found.keys().stream()
        .filter(key -> !key.nullSafe())
        .map(key -> Sql.isPresent(key.inner()))
        .filter(present -> !found.body().where().contains(present))
        .forEach(rows::where);
    List<Expression> keys = found.keys().stream().map(Decorrelation.Key::inner).toList();
    Select body = KeyedWindows.in(rows.build(), keys);
    if (body.grouping().elements().isEmpty()) {
      return body;
    }
    List<Grouping.Element> elements = new ArrayList<>();
    found.keys().forEach(key -> elements.add(new Grouping.Columns(List.of(key.inner()))));
    elements.addAll(body.grouping().elements());
    return body.toBuilder()
        .grouping(new Grouping(elements, body.grouping().distinct(), body.grouping().having()))
        .build();
  }

  static Select groupedByKeys(Select keyed, Decorrelation found) {
    return found.keys().isEmpty()
        ? keyed
        : keyed.toBuilder()
            .groupBy(found.keys().stream().map(Decorrelation.Key::inner).toList())
            .build();
  }

  /** Whether the first targets alone tell the rows apart. */
  private boolean isUnique(Select keyed, int keys) {
    return keyed.distinctness() instanceof Distinctness.KeepDuplicates
        && !Aggregation.isIn(keyed, catalog)
        && !OwnExpressions.hasSubquery(keyed)
        && KeyInference.of(keyed, new Scopes(catalog))
            .filter(places -> places.stream().allMatch(place -> place < keys))
            .isPresent();
  }

  private SubqueryItem named(Select relation) {
    return SubqueryItem.of(relation, aliases.next("sub"));
  }

  private Partner partner(Decorrelation found, Select relation, boolean always) {
    SubqueryItem item = named(relation);
    return new Partner(item, found.conditions(item.alias().name()), always);
  }

  static RuntimeException refusal(String sentence) {
    return Linearity.refusal("subquery", sentence, Position.NONE);
  }
}
