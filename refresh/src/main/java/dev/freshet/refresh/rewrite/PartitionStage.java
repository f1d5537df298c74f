package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.algebra.Catalog;
import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.Identity;
import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.algebra.Scope;
import dev.freshet.refresh.algebra.Shape.RecomputedPartitions;
import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.delta.OutputColumns;
import dev.freshet.refresh.delta.RestrictedQuery;
import dev.freshet.refresh.sql.Distinctness;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Expressions;
import dev.freshet.refresh.sql.Grouping;
import dev.freshet.refresh.sql.Ordering;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SelectBuilder;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.Star;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.TableReference;
import dev.freshet.refresh.sql.Target;
import dev.freshet.refresh.sql.Window;
import dev.freshet.refresh.sql.WindowCall;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The stage of a SELECT whose rows depend on each other: window functions, DISTINCT ON, LIMIT.
 *
 * <p>Its partitions are made by what all its windows are partitioned by, and by the expressions of
 * DISTINCT ON. With a LIMIT, or windows that share nothing, there is one partition.
 */
final class PartitionStage {

  private final Catalog catalog;
  private final Types types;
  private final Scopes scopes;
  private final Select select;
  private final List<Expression> keys;
  private final List<Column> keyTypes;

  /**
   * @param select over linear relations, not grouping
   */
  PartitionStage(Catalog catalog, Types types, Scopes scopes, Select select) {
    this.catalog = catalog;
    this.types = types;
    this.scopes = scopes;
    this.select = select;
    List<Expression> wanted = keysOf(select);
    List<Column> found = wanted.isEmpty() ? List.of() : types.of(keyQuery(wanted));
    boolean usable = found.stream().allMatch(key -> key.type().hasEquality());
    this.keys = usable ? wanted : List.of();
    this.keyTypes = usable ? withNullability(found) : List.of();
  }

  /** Whether rows of the SELECT depend on each other, grouping and DISTINCT aside. */
  static boolean isNeeded(Select select) {
    return select.ordering().isLimited()
        || select.distinctness() instanceof Distinctness.DistinctOn
        || hasWindows(select);
  }

  /** Whether there are windows in the SELECT list or in the order alone. */
  static boolean hasWindows(Select select) {
    return !windowsOf(select).isEmpty();
  }

  private static List<WindowCall> windowsOf(Select select) {
    List<WindowCall> calls = new ArrayList<>();
    select
        .targets()
        .forEach(t -> calls.addAll(Expressions.collect(t.expression(), WindowCall.class)));
    select
        .ordering()
        .keys()
        .forEach(key -> calls.addAll(Expressions.collect(key.expression(), WindowCall.class)));
    return calls;
  }

  private static List<Expression> keysOf(Select select) {
    if (select.ordering().isLimited()) {
      return List.of();
    }
    List<Set<Expression>> partitions = new ArrayList<>();
    if (select.distinctness() instanceof Distinctness.DistinctOn on) {
      partitions.add(new LinkedHashSet<>(on.expressions()));
    }
    for (WindowCall call : windowsOf(select)) {
      partitions.add(new LinkedHashSet<>(partitionOf(call.window(), select)));
    }
    Set<Expression> common = new LinkedHashSet<>(partitions.getFirst());
    partitions.forEach(common::retainAll);
    return List.copyOf(common);
  }

  private static List<Expression> partitionOf(Window window, Select select) {
    return switch (window) {
      case Window.Named named -> declared(named.name(), select);
      case Window.Definition definition ->
          definition.base().isEmpty()
              ? definition.partitionBy()
              : declared(definition.base(), select);
    };
  }

  private static List<Expression> declared(String name, Select select) {
    return select.windows().stream()
        .filter(window -> window.name().equals(name))
        .findFirst()
        .map(window -> partitionOf(window.definition(), select))
        .orElse(List.of());
  }

  /** The keys of all rows: linear, whatever comes after FROM and WHERE. */
  private Select keyQuery(List<Expression> expressions) {
    SelectBuilder rows = Select.builder().from(select.from()).where(select.where());
    if (expressions.isEmpty()) {
      return rows.target(Sql.truth(), "any").build();
    }
    IntStream.range(0, expressions.size())
        .forEach(i -> rows.target(expressions.get(i), RestrictedQuery.column(i)));
    return rows.grouping(Grouping.NONE).build();
  }

  private List<Column> withNullability(List<Column> found) {
    Scope scope = scopes.of(select.from());
    return IntStream.range(0, found.size())
        .mapToObj(i ->
            new Column(
                found.get(i).name(),
                found.get(i).type(),
                Nullability.neverNull(keysOf(select).get(i), scope, catalog)))
        .toList();
  }

  /** The stage whose table is the stream table; empty where that does not show a key. */
  Optional<Stage> shownBy(RelationName table, List<Column> columns) {
    List<Column> keyColumns = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      Expression key = keys.get(i);
      boolean notNull = keyTypes.get(i).notNull();
      IntStream.range(0, columns.size())
          .filter(place -> select.targets().get(place).expression().equals(key))
          .mapToObj(columns::get)
          .findFirst()
          .ifPresent(shown -> keyColumns.add(new Column(shown.name(), shown.type(), notNull)));
    }
    return keyColumns.size() < keys.size()
        ? Optional.empty()
        : Optional.of(stage(table, select, keyColumns, columns));
  }

  private Stage stage(
      RelationName table, Select query, List<Column> keyColumns, List<Column> columns) {
    List<Column> known = Nullabilities.of(columns, query, scopes);
    Query restricted =
        keys.isEmpty()
            ? ifTouched(query)
            : RestrictedQuery.of(query, keys, keyTypes, RecomputedPartitions.TOUCHED);
    return new Stage(
        table,
        query,
        new RecomputedPartitions(keyQuery(keys), keyColumns, restricted),
        identityOf(query, known),
        known,
        Scopes.reads(query));
  }

  private static Query ifTouched(Query query) {
    Query any = Select.builder().from(TableReference.of(RecomputedPartitions.TOUCHED)).build();
    return Select.builder()
        .target(new Star(List.of("whole")))
        .from(SubqueryItem.of(query, "whole"))
        .where(Sql.exists(any))
        .build();
  }

  private Identity identityOf(Query query, List<Column> columns) {
    return KeyInference.of(query, scopes)
        .<Identity>map(
            places -> new Identity.Keyed(places.stream().map(i -> columns.get(i).name()).toList()))
        .orElseGet(Identity.Bag::new);
  }

  /** Makes the stage an inner one; what remains of the query reads it. */
  Select cutOff(StageNames names) {
    List<Target> targets = new ArrayList<>();
    IntStream.range(0, keys.size())
        .forEach(i -> targets.add(new Target(keys.get(i), RestrictedQuery.column(i))));
    List<Target> wanted = select.targets();
    IntStream.range(0, wanted.size())
        .forEach(i -> targets.add(new Target(wanted.get(i).expression(), "o" + (i + 1))));
    Select query = select.toBuilder().targets(targets).build();
    RelationName table = names.of(query);
    if (scopes.stage(table).isEmpty()) {
      types.declare(table, query);
      List<Column> columns = types.of(query);
      List<Column> keyColumns =
          IntStream.range(0, keys.size())
              .mapToObj(i ->
                  new Column(
                      columns.get(i).name(), columns.get(i).type(), keyTypes.get(i).notNull()))
              .toList();
      scopes.add(stage(table, query, keyColumns, columns));
    }
    SelectBuilder rest = Select.builder().from(table.as("p"));
    List<String> shown = OutputColumns.of(select);
    IntStream.range(0, wanted.size())
        .forEach(i -> rest.target(Sql.column("p", "o" + (i + 1)), shown.get(i)));
    return rest.ordering(Ordering.NONE).build();
  }
}
