package dev.freshet.refresh.rule;

import dev.freshet.refresh.algebra.Catalog;
import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.ColumnType;
import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.algebra.Scope;
import dev.freshet.refresh.algebra.SourceTable;
import dev.freshet.refresh.delta.OutputColumns;
import dev.freshet.refresh.rewrite.Types;
import dev.freshet.refresh.sql.CommonTable;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.FunctionItem;
import dev.freshet.refresh.sql.JoinItem;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.SampledTable;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SetOperation;
import dev.freshet.refresh.sql.Star;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.TableReference;
import dev.freshet.refresh.sql.Target;
import dev.freshet.refresh.sql.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Types of queries, derived from those of the tables instead of asked of PostgreSQL. */
final class TypesInMemory implements Types {

  /** PostgreSQL's own catalogs, which are not recorded as what a view depends on. */
  private static final Map<RelationName, List<Column>> UNKNOWN_TO_THE_CATALOG =
      Map.of(
          new RelationName("pg_catalog", "pg_class"),
          List.of(new Column("relname", TypesByName.of("name"), true)));

  private final Catalog catalog;
  private final Map<RelationName, List<Column>> stages = new HashMap<>();

  TypesInMemory(Catalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public void declare(RelationName stage, Query query) {
    stages.put(stage, of(query));
  }

  @Override
  public List<Column> of(Query query) {
    return of(query, List.of());
  }

  /** The columns of a query that may refer to relations outside of it. */
  List<Column> of(Query query, List<Scope.Entry> outer) {
    return switch (query) {
      case Select select -> ofSelect(select, outer);
      case SetOperation operation ->
          ofBoth(of(operation.left(), outer), of(operation.right(), outer));
      case Values values -> ofValues(values);
    };
  }

  /** What a recursion begins with says which columns it has. */
  private void declare(CommonTable recursion) {
    SetOperation union = (SetOperation) recursion.statement();
    List<Column> base = of(union.left());
    stages.put(
        new RelationName("", recursion.name()),
        IntStream.range(0, base.size())
            .mapToObj(i -> new Column(recursion.columns().get(i), base.get(i).type(), false))
            .toList());
  }

  private List<Column> ofSelect(Select select, List<Scope.Entry> outer) {
    select.with().tables().forEach(this::declare);
    List<Scope.Entry> entries = new ArrayList<>();
    select.from().forEach(item -> collect(item, entries, outer));
    entries.addAll(outer);
    ExpressionTypes expressions = new ExpressionTypes(this, new Scope(entries));
    select.where().forEach(expressions::requireKnownColumns);
    List<String> names = OutputColumns.of(select);
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Expression expression = select.targets().get(i).expression();
      if (expression instanceof Star star) {
        columns.addAll(columnsOf(star, entries));
      } else {
        columns.add(new Column(names.get(i), decided(expressions.of(expression)), false));
      }
    }
    return columns;
  }

  /** A constant of unknown type in a SELECT list is a text. */
  private static ColumnType decided(ColumnType type) {
    return type.base().equals("unknown") ? TypesByName.of("text") : type;
  }

  private static List<Column> columnsOf(Star star, List<Scope.Entry> entries) {
    return entries.stream()
        .filter(entry -> entry.alias().equals(star.qualifier().getLast()))
        .findFirst()
        .orElseThrow()
        .columns();
  }

  private static List<Column> ofBoth(List<Column> left, List<Column> right) {
    return IntStream.range(0, left.size())
        .mapToObj(i -> common(left.get(i), right.get(i)))
        .toList();
  }

  /** The wider of two integers; other types must agree but for their modifiers. */
  private static Column common(Column left, Column right) {
    if (left.type().equals(right.type())) {
      return left;
    }
    boolean integers = left.type().isInteger() && right.type().isInteger();
    if (!integers && !left.type().base().equals(right.type().base())) {
      throw new IllegalArgumentException("no common type of " + left + " and " + right);
    }
    String wider =
        left.type().base().compareTo(right.type().base()) > 0
            ? left.type().base()
            : right.type().base();
    return new Column(left.name(), TypesByName.of(wider), false);
  }

  private List<Column> ofValues(Values values) {
    ExpressionTypes expressions = new ExpressionTypes(this, new Scope(List.of()));
    List<String> names = OutputColumns.of(values);
    List<Expression> first = values.rows().getFirst();
    return IntStream.range(0, names.size())
        .mapToObj(i -> new Column(names.get(i), decided(expressions.of(first.get(i))), false))
        .toList();
  }

  private void collect(FromItem item, List<Scope.Entry> entries, List<Scope.Entry> outer) {
    List<Scope.Entry> visible = new ArrayList<>(entries);
    visible.addAll(outer);
    switch (item) {
      case JoinItem join -> {
        List<Scope.Entry> joined = new ArrayList<>();
        collect(join.left(), joined, visible);
        collect(join.right(), joined, visible);
        if (join.alias().isPresent()) {
          List<Column> all = joined.stream().flatMap(entry -> entry.columns().stream()).toList();
          add(entries, join.alias().name(), all, item);
        } else {
          entries.addAll(joined);
        }
      }
      case TableReference table -> add(entries, table.visibleName(), columnsOf(table), item);
      case SubqueryItem subquery ->
          add(
              entries,
              subquery.alias().name(),
              of(subquery.query(), subquery.lateral() ? visible : outer),
              item);
      case FunctionItem function ->
          add(entries, function.alias().name(), columnsOf(function, visible), item);
      case SampledTable sampled -> collect(sampled.table(), entries, outer);
      default -> throw new IllegalArgumentException("the types in memory do not know " + item);
    }
  }

  private static void add(
      List<Scope.Entry> entries, String name, List<Column> columns, FromItem item) {
    List<String> renamed = item.alias().columns();
    List<Column> shown =
        IntStream.range(0, columns.size())
            .mapToObj(i ->
                i < renamed.size()
                    ? new Column(renamed.get(i), columns.get(i).type(), columns.get(i).notNull())
                    : columns.get(i))
            .toList();
    entries.add(new Scope.Entry(name, shown, List.of()));
  }

  private List<Column> columnsOf(TableReference table) {
    RelationName name = RelationName.of(table);
    return Optional.ofNullable(stages.get(name))
        .or(() -> catalog.table(name).map(SourceTable::columns))
        .or(() -> Optional.ofNullable(UNKNOWN_TO_THE_CATALOG.get(name)))
        .orElseThrow(() -> new IllegalArgumentException("no relation " + name));
  }

  /** One function of one column, which is named as the function is. */
  private List<Column> columnsOf(FunctionItem function, List<Scope.Entry> visible) {
    Select call =
        Select.builder()
            .targets(
                List.of(
                    new Target(function.functions().getFirst().call(), function.alias().name())))
            .build();
    return of(call, visible);
  }
}
