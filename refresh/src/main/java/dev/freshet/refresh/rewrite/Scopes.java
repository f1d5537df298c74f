package dev.freshet.refresh.rewrite;

import static java.util.Objects.requireNonNull;

import dev.freshet.refresh.algebra.Catalog;
import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.ColumnType;
import dev.freshet.refresh.algebra.Identity;
import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.algebra.Scope;
import dev.freshet.refresh.algebra.SourceTable;
import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.delta.OutputColumns;
import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.JoinItem;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.TableReference;
import dev.freshet.refresh.sql.Trees;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Builds the scope of a FROM clause from the catalog and the stages made so far. */
final class Scopes {

  /** Of a column that is more than a column of a table. */
  static final ColumnType UNDECIDED =
      new ColumnType("pg_catalog", "unknown", "unknown", 'p', -1, "", true);

  private Catalog catalog;
  private final Map<RelationName, Stage> stages = new LinkedHashMap<>();

  Scopes(Catalog catalog) {
    this.catalog = catalog;
  }

  /** The catalog with what was added to it. */
  Catalog catalog() {
    return catalog;
  }

  /** Adds the table of a stage that is read before it is made, by its own query. */
  void add(SourceTable table) {
    catalog = catalog.with(table);
  }

  void add(Stage stage) {
    stages.put(stage.table(), stage);
  }

  Collection<Stage> stages() {
    return stages.values();
  }

  Optional<Stage> stage(RelationName name) {
    return Optional.ofNullable(stages.get(name));
  }

  Scope of(List<FromItem> from) {
    List<Scope.Entry> entries = new ArrayList<>();
    from.forEach(item -> collect(item, entries));
    return new Scope(entries);
  }

  private void collect(FromItem item, List<Scope.Entry> entries) {
    switch (item) {
      case JoinItem join -> {
        int start = entries.size();
        collect(join.left(), entries);
        int middle = entries.size();
        collect(join.right(), entries);
        if (join.kind().extendsLeft()) {
          entries.subList(start, middle).replaceAll(Scopes::nullable);
        }
        if (join.kind().extendsRight()) {
          entries.subList(middle, entries.size()).replaceAll(Scopes::nullable);
        }
      }
      case TableReference table -> entries.add(entryOf(table));
      case SubqueryItem subquery -> entries.add(entryOf(subquery));
      // Their rows are not told apart by any column, and a query that has them is a bag.
      default -> entries.add(new Scope.Entry(item.alias().name(), List.of(), List.of()));
    }
  }

  private static Scope.Entry nullable(Scope.Entry entry) {
    return new Scope.Entry(
        entry.alias(),
        entry.columns().stream().map(c -> new Column(c.name(), c.type(), false)).toList(),
        entry.keys());
  }

  private Scope.Entry entryOf(TableReference table) {
    RelationName name = RelationName.of(table);
    Optional<SourceTable> source = catalog.table(name);
    List<Column> columns =
        source.map(Scopes::columnsOf).orElseGet(() -> stageNamed(name).columns());
    List<List<String>> keys =
        source.map(Scopes::exactKeys).orElseGet(() -> keysOf(stageNamed(name)));
    return entry(table.visibleName(), columns, placesOf(keys, columns), table.alias().columns());
  }

  private Stage stageNamed(RelationName name) {
    return requireNonNull(stages.get(name), () -> "neither a source nor a stage: " + name);
  }

  /** A constraint of a parent need not hold for the tables that inherit from it. */
  private static List<Column> columnsOf(SourceTable source) {
    return source.hasChildren()
        ? source.columns().stream().map(c -> new Column(c.name(), c.type(), false)).toList()
        : source.columns();
  }

  private static List<List<String>> exactKeys(SourceTable source) {
    return source.hasChildren()
        ? List.of()
        : source.keys().stream()
            .map(key -> List.copyOf(key))
            .filter(key -> exact(source, key))
            .toList();
  }

  private static boolean exact(SourceTable source, List<String> key) {
    return key.stream().allMatch(name -> source.column(name).orElseThrow().type().isExact());
  }

  private static List<List<String>> keysOf(Stage stage) {
    return switch (stage.identity()) {
      case Identity.Keyed keyed -> List.of(keyed.columns());
      case Identity.Bag _ -> List.of();
    };
  }

  private Scope.Entry entryOf(SubqueryItem item) {
    return entry(
        item.alias().name(),
        columnsOf(item.query()),
        KeyInference.of(item.query(), this).stream().toList(),
        item.alias().columns());
  }

  /**
   * An entry under the names that its alias gives.
   *
   * @param keys by the places of their columns: several columns may have the same name before
   */
  private static Scope.Entry entry(
      String alias, List<Column> columns, List<List<Integer>> keys, List<String> renamed) {
    List<Column> shown = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      String name = i < renamed.size() ? renamed.get(i) : column.name();
      shown.add(new Column(name, column.type(), column.notNull()));
    }
    return new Scope.Entry(
        alias,
        shown,
        keys.stream()
            .map(key -> key.stream().map(place -> shown.get(place).name()).toList())
            .toList());
  }

  private static List<List<Integer>> placesOf(List<List<String>> keys, List<Column> columns) {
    List<String> names = columns.stream().map(Column::name).toList();
    return keys.stream().map(key -> key.stream().map(names::indexOf).toList()).toList();
  }

  /** The columns of a query as far as they are those of tables; others are of no decided type. */
  List<Column> columnsOf(Query query) {
    List<String> names = OutputColumns.of(query);
    if (!(query instanceof Select select)) {
      return names.stream().map(name -> new Column(name, UNDECIDED, false)).toList();
    }
    Scope scope = of(select.from());
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Expression expression = select.targets().get(i).expression();
      ColumnType type =
          expression instanceof ColumnReference reference
              ? scope.find(reference).map(found -> found.column().type()).orElse(UNDECIDED)
              : computed(expression, scope);
      columns.add(
          new Column(
              names.get(i), type, Nullability.neverNull(expression, select, scope, catalog)));
    }
    return columns;
  }

  /** Of numbers that are computed it is known at least how many digits they have. */
  private static ColumnType computed(Expression expression, Scope scope) {
    NumericScale scales = new NumericScale(scope);
    OptionalInt scale = scales.of(expression);
    return scale.isPresent() && scales.isNumeric(expression)
        ? ColumnType.numericOfScale(scale.getAsInt())
        : UNDECIDED;
  }

  /** The relations that a query reads: source tables and stages. */
  static Set<RelationName> reads(Query query) {
    return Trees.fromItems(query, TableReference.class).stream()
        .map(RelationName::of)
        .collect(Collectors.toUnmodifiableSet());
  }
}
