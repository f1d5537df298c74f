package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.algebra.Catalog;
import dev.freshet.refresh.delta.OutputColumns;
import dev.freshet.refresh.sql.Alias;
import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.Distinctness;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FunctionCall;
import dev.freshet.refresh.sql.Ordering;
import dev.freshet.refresh.sql.Position;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SelectBuilder;
import dev.freshet.refresh.sql.SetOperation;
import dev.freshet.refresh.sql.SortKey;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The relation that takes the place of a LATERAL subquery: its rows for all outer rows at once,
 * under the keys by which they belong to them.
 *
 * <p>Columns: {@code __k1, __k2, …} the keys, then the subquery's own. A limit becomes the place of
 * a row among those of its key.
 */
final class LateralRelations {

  private static final String PLACE = "__place";

  private final Catalog catalog;
  private final OuterRows outer;
  private final Aliases aliases;

  LateralRelations(Catalog catalog, OuterRows outer, Aliases aliases) {
    this.catalog = catalog;
    this.outer = outer;
    this.aliases = aliases;
  }

  /**
   * A relation and how it is joined.
   *
   * @param relation under the subquery's alias
   * @param empty what the columns are where there is no partner, if the subquery has a row there
   */
  record Partner(
      SubqueryItem relation,
      List<Expression> conditions,
      Optional<Map<String, Expression>> empty) {}

  Partner of(SubqueryItem lateral) {
    List<String> names = namesOf(lateral);
    if (!(lateral.query() instanceof Select select)) {
      return ofOperation(lateral, names);
    }
    if (Aggregation.isOfAllRows(select, catalog)) {
      return ofOneGroup(lateral, select, names);
    }
    boolean picked = select.ordering().isLimited() || on(select).isPresent();
    return picked ? firsts(lateral, select, names) : all(lateral, select, names);
  }

  /**
   * Both sides for all combinations of the outer columns that any of them uses: under these, a set
   * operation compares and counts the rows of each outer row by themselves.
   */
  private Partner ofOperation(SubqueryItem lateral, List<String> names) {
    if (lateral.query().ordering().isLimited()) {
      throw refusal("LIMIT over a LATERAL set operation has no delta rule");
    }
    List<ColumnReference> columns = outer.columnsIn(lateral.query());
    List<Decorrelation> sides = new ArrayList<>();
    Query relation = combined(lateral.query(), columns, names, sides);
    return partner(lateral, sides.getFirst(), relation, Optional.empty());
  }

  private Query combined(
      Query query, List<ColumnReference> columns, List<String> names, List<Decorrelation> sides) {
    return switch (query) {
      case SetOperation operation when !operation.ordering().isLimited() ->
          SetOperation.of(
              operation.kind(),
              operation.all(),
              combined(operation.left(), columns, names, sides),
              combined(operation.right(), columns, names, sides));
      case Select select when isPlain(select) -> {
        Decorrelation found =
            Decorrelation.byCombinations(select, columns, outer, aliases.next("outer"));
        sides.add(found);
        yield SubqueryRelations.keyed(found, named(found.body(), names));
      }
      default ->
          throw refusal(
              "VALUES, LIMIT, DISTINCT ON or aggregates without GROUP BY in a LATERAL set operation that uses columns from outside have no delta rule");
    };
  }

  /** Whether there are rows for an outer row only where its own rows are. */
  private boolean isPlain(Select select) {
    return !Aggregation.isOfAllRows(select, catalog)
        && !select.ordering().isLimited()
        && on(select).isEmpty();
  }

  private static List<String> namesOf(SubqueryItem lateral) {
    return OutputColumns.of(lateral.query(), lateral.alias().columns());
  }

  private static List<Target> named(Select body, List<String> names) {
    return IntStream.range(0, names.size())
        .mapToObj(i -> new Target(body.targets().get(i).expression(), names.get(i)))
        .toList();
  }

  /** Aggregates without GROUP BY: a row even where nothing is aggregated. */
  private Partner ofOneGroup(SubqueryItem lateral, Select select, List<String> names) {
    if (!select.grouping().having().isEmpty() || PartitionStage.isNeeded(select)) {
      throw refusal(
          "HAVING, LIMIT or windows over the one group of a LATERAL subquery have no delta rule");
    }
    Map<String, Expression> empty = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      Expression value = select.targets().get(i).expression();
      String name = names.get(i);
      EmptyGroups.valueOf(value, catalog).ifPresent(nothing -> empty.put(name, nothing));
    }
    Decorrelation found = decorrelated(select);
    List<Target> targets = new ArrayList<>(named(found.body(), names));
    targets.add(new Target(Sql.truth(), SubqueryRelations.FOUND));
    Select groups = SubqueryRelations.groupedByKeys(SubqueryRelations.keyed(found, targets), found);
    return partner(lateral, found, groups, Optional.of(empty));
  }

  private Partner all(SubqueryItem lateral, Select select, List<String> names) {
    Decorrelation found = decorrelated(select);
    return partner(
        lateral,
        found,
        SubqueryRelations.keyed(found, named(found.body(), names)),
        Optional.empty());
  }

  /** The first rows by their order: of each key, or of each key and value of DISTINCT ON. */
  private Partner firsts(SubqueryItem lateral, Select select, List<String> names) {
    List<Expression> on = on(select).orElse(List.of());
    Limits limits = Limits.of(select.ordering());
    if (!on.isEmpty() && limits.any()) {
      throw refusal("LIMIT over DISTINCT ON in a LATERAL subquery has no delta rule");
    }
    Decorrelation found = decorrelated(select);
    Select body = found.body();
    List<Target> targets = new ArrayList<>(named(body, names));
    List<SortKey> order = new ArrayList<>();
    String rows = aliases.next("rows");
    for (SortKey key : body.ordering().keys()) {
      String name = "__s" + (order.size() + 1);
      targets.add(new Target(key.expression(), name));
      order.add(new SortKey(Sql.column(rows, name), key.direction(), key.nulls()));
    }
    List<Expression> partition = new ArrayList<>();
    found.keyNames().forEach(name -> partition.add(Sql.column(rows, name)));
    for (Expression expression : on(body).orElse(List.of())) {
      String name = "__d" + (partition.size() + 1);
      targets.add(new Target(expression, name));
      partition.add(Sql.column(rows, name));
    }
    Select keyed = SubqueryRelations.keyed(found, targets);
    Select plain =
        on.isEmpty()
            ? keyed
            : keyed.toBuilder().distinct(new Distinctness.KeepDuplicates()).build();
    FunctionCall place = Sql.call(limits.ties() ? "rank" : "row_number");
    SelectBuilder placed =
        Select.builder()
            .from(SubqueryItem.of(plain, rows))
            .target(Sql.over(place, partition, order), PLACE);
    String places = aliases.next("rows");
    SelectBuilder picked = Select.builder();
    for (String name : columns(found, names)) {
      placed.target(Sql.column(rows, name), name);
      picked.target(Sql.column(places, name), name);
    }
    picked.from(SubqueryItem.of(placed.build(), places));
    Limits wanted = on.isEmpty() ? limits : Limits.FIRST;
    wanted.conditions(Sql.column(places, PLACE)).forEach(picked::where);
    return partner(lateral, found, picked.build(), Optional.empty());
  }

  private static List<String> columns(Decorrelation found, List<String> names) {
    List<String> all = new ArrayList<>(found.keyNames());
    all.addAll(names);
    return all;
  }

  private static Optional<List<Expression>> on(Select select) {
    return select.distinctness() instanceof Distinctness.DistinctOn on
        ? Optional.of(on.expressions())
        : Optional.empty();
  }

  private Decorrelation decorrelated(Select select) {
    return Decorrelation.of(select, outer, aliases.next("outer"));
  }

  private static Partner partner(
      SubqueryItem lateral,
      Decorrelation found,
      Query relation,
      Optional<Map<String, Expression>> empty) {
    String alias = lateral.visibleName();
    SubqueryItem item = new SubqueryItem(relation, false, Alias.of(alias));
    return new Partner(item, found.conditions(alias), empty);
  }

  static RuntimeException refusal(String sentence) {
    return Linearity.refusal("lateral_subquery", sentence, Position.NONE);
  }

  /**
   * Which places are wanted, counted from 1.
   *
   * @param rows how many; negative if all
   */
  private record Limits(long rows, long offset, boolean ties) {

    static final Limits FIRST = new Limits(1, 0, false);

    static Limits of(Ordering ordering) {
      long offset = ordering.offset().map(Limits::constant).orElse(0L);
      return switch (ordering.limit()) {
        case Ordering.Unlimited() -> new Limits(-1, offset, false);
        case Ordering.Rows(Expression count) -> new Limits(constant(count), offset, false);
        case Ordering.RowsWithTies(Expression count) -> {
          if (offset != 0) {
            throw refusal("OFFSET and WITH TIES in a LATERAL subquery have no delta rule");
          }
          yield new Limits(constant(count), 0, true);
        }
      };
    }

    private static long constant(Expression count) {
      return Ordering.constant(count)
          .orElseThrow(() ->
              refusal(
                  "a LIMIT or OFFSET in a LATERAL subquery that is no constant has no delta rule"));
    }

    boolean any() {
      return rows >= 0 || offset > 0;
    }

    List<Expression> conditions(Expression place) {
      List<Expression> conditions = new ArrayList<>();
      if (rows >= 0) {
        conditions.add(
            Sql.operation(place, "<=", Sql.cast(Sql.text(Long.toString(rows + offset)), "int8")));
      }
      if (offset > 0) {
        conditions.add(
            Sql.operation(place, ">", Sql.cast(Sql.text(Long.toString(offset)), "int8")));
      }
      return conditions;
    }
  }
}
