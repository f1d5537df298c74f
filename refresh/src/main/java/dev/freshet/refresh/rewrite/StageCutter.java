package dev.freshet.refresh.rewrite;

import static dev.freshet.refresh.sql.SetOperation.Kind.UNION;

import dev.freshet.refresh.algebra.Catalog;
import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.Identity;
import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.algebra.Scope;
import dev.freshet.refresh.algebra.Shape;
import dev.freshet.refresh.algebra.SourceTable;
import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.delta.OutputColumns;
import dev.freshet.refresh.sql.Alias;
import dev.freshet.refresh.sql.Distinctness;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.FunctionItem;
import dev.freshet.refresh.sql.JoinItem;
import dev.freshet.refresh.sql.JsonTableItem;
import dev.freshet.refresh.sql.Ordering;
import dev.freshet.refresh.sql.Position;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.SampledTable;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SelectBuilder;
import dev.freshet.refresh.sql.SetOperation;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.Star;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.TableReference;
import dev.freshet.refresh.sql.Values;
import dev.freshet.refresh.sql.XmlTableItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Cuts an expanded query into stages, each maintained by one rule.
 *
 * <p>Filters, projections, inner joins and UNION ALL are linear and stay together, however deep.
 * Grouping and the removal of duplicates end a stage: what is above them reads the stage's table
 * and sees its true delta. Only the outermost grouping is maintained in the stream table itself, if
 * the stream table shows all that its rule needs.
 */
public final class StageCutter {

  private final Catalog catalog;
  private final Types types;
  private final Scopes scopes;
  private final Linearity linearity;
  private final StageNames names;

  private StageCutter(Catalog catalog, Types types, StageNames names) {
    this.catalog = catalog;
    this.types = types;
    this.scopes = new Scopes(catalog);
    this.linearity = new Linearity(catalog);
    this.names = names;
  }

  /**
   * The stages of a query.
   *
   * @param query expanded: without views and common table expressions
   * @param streamTable where the rows of the last stage are
   * @param columns of the stream table
   * @return in the order in which they are refreshed, the stream table last
   * @throws dev.freshet.refresh.algebra.NotDifferentiable where a part has no rule
   */
  public static List<Stage> cut(
      Query query,
      Catalog catalog,
      Types types,
      StageNames names,
      RelationName streamTable,
      List<Column> columns) {
    StageCutter cutter = new StageCutter(catalog, types, names);
    Stage last = cutter.lastStage(query, streamTable, columns);
    List<Stage> stages = new ArrayList<>(cutter.scopes.stages());
    stages.add(last);
    return List.copyOf(stages);
  }

  private Stage lastStage(Query query, RelationName table, List<Column> columns) {
    Query ordered = withoutOrder(query);
    if (ordered instanceof Select select && groups(select)) {
      linearity.require(select);
      Aggregation aggregation = aggregation(select);
      Optional<Stage> direct =
          new GroupStage(catalog, types, aggregation)
              .shownBy(table, columns, Scopes.reads(aggregation.select()));
      if (direct.isPresent()) {
        return direct.get();
      }
    }
    Query linear = linear(ordered, false);
    requireSameColumns(columns, types.of(named(linear, columns)));
    return new Stage(
        table,
        linear,
        new Shape.Linear(linear),
        identityOf(linear, columns),
        Nullabilities.of(columns, linear, scopes),
        Scopes.reads(linear));
  }

  /** The query as the columns of the stream table, whatever names its own have. */
  private static Query named(Query linear, List<Column> columns) {
    List<String> names = columns.stream().map(Column::name).toList();
    return Select.builder()
        .target(new Star(List.of("q")))
        .from(new SubqueryItem(linear, false, new Alias("q", names)))
        .build();
  }

  /** Rewriting keeps columns and types; where PostgreSQL disagrees the rewriting is not used. */
  private static void requireSameColumns(List<Column> wanted, List<Column> made) {
    List<String> expected = wanted.stream().map(column -> column.type().base()).toList();
    List<String> actual = made.stream().map(column -> column.type().base()).toList();
    if (!expected.equals(actual)) {
      throw Linearity.refusal(
          "rewriting", "rewriting made types %s of %s".formatted(actual, expected), Position.NONE);
    }
  }

  private Identity identityOf(Query linear, List<Column> columns) {
    return KeyInference.of(linear, scopes)
        .<Identity>map(
            places -> new Identity.Keyed(places.stream().map(i -> columns.get(i).name()).toList()))
        .orElseGet(Identity.Bag::new);
  }

  private boolean groups(Select select) {
    return select.distinctness() instanceof Distinctness.KeepDuplicates
        && Aggregation.isIn(select, catalog);
  }

  /** The same rows by a query whose delta is linear in what it reads; cuts off inner stages. */
  private Query linear(Query query, boolean lateral) {
    Linearity.requireUnlimited(query);
    return switch (query) {
      case Values values -> values;
      case SetOperation operation -> linear(operation, lateral);
      case Select select -> linear((Select) withoutOrder(select), lateral);
    };
  }

  private Query linear(SetOperation operation, boolean lateral) {
    if (operation.kind() != UNION) {
      throw Linearity.refusal(
          "set_operation", operation.kind() + " has no delta rule yet", Position.NONE);
    }
    Query both =
        Sql.unionAll(linear(operation.left(), lateral), linear(operation.right(), lateral));
    return operation.all() ? both : withoutDuplicates(both, lateral);
  }

  private Query linear(Select select, boolean lateral) {
    linearity.require(select);
    Select body = groups(select) ? select : overLinearItems(select);
    if (Aggregation.isIn(select, catalog)) {
      Query rows =
          grouped(select.toBuilder().distinct(new Distinctness.KeepDuplicates()).build(), lateral);
      return isDistinct(select) ? withoutDuplicates(rows, lateral) : rows;
    }
    return isDistinct(select)
        ? withoutDuplicates(
            body.toBuilder().distinct(new Distinctness.KeepDuplicates()).build(), lateral)
        : body;
  }

  private static boolean isDistinct(Select select) {
    return select.distinctness() instanceof Distinctness.DistinctRows;
  }

  private Query grouped(Select select, boolean lateral) {
    requireClosed(lateral);
    return new GroupStage(catalog, types, aggregation(select)).cutOff(scopes, names);
  }

  private Aggregation aggregation(Select select) {
    Select body = overLinearItems(select);
    Scope scope = scopes.of(body.from());
    return Aggregation.of(body, scope, catalog);
  }

  /** DISTINCT is grouping by all columns. */
  private Query withoutDuplicates(Query query, boolean lateral) {
    requireClosed(lateral);
    List<String> shown = OutputColumns.of(query);
    List<String> inner = IntStream.rangeClosed(1, shown.size()).mapToObj(i -> "c" + i).toList();
    List<Expression> keys =
        inner.stream().<Expression>map(name -> Sql.column("rows", name)).toList();
    SelectBuilder select =
        Select.builder().from(new SubqueryItem(query, false, new Alias("rows", inner)));
    IntStream.range(0, keys.size()).forEach(i -> select.target(keys.get(i), shown.get(i)));
    Select groups = select.groupBy(keys).build();
    return grouped(groups, lateral);
  }

  private static void requireClosed(boolean lateral) {
    if (lateral) {
      throw Linearity.refusal(
          "lateral_subquery",
          "a LATERAL subquery that groups or drops duplicates has no delta rule yet",
          Position.NONE);
    }
  }

  private Select overLinearItems(Select select) {
    return select.toBuilder().from(select.from().stream().map(this::linear).toList()).build();
  }

  private FromItem linear(FromItem item) {
    return switch (item) {
      case JoinItem join ->
          new JoinItem(
              join.kind(),
              linear(join.left()),
              linear(join.right()),
              join.condition(),
              join.alias());
      case SubqueryItem subquery ->
          new SubqueryItem(
              linear(subquery.query(), subquery.lateral()), subquery.lateral(), subquery.alias());
      case TableReference table -> known(table);
      case FunctionItem _, XmlTableItem _, JsonTableItem _ -> item;
      case SampledTable _ ->
          throw Linearity.refusal(
              "tablesample", "TABLESAMPLE picks other rows each time: no delta", Position.NONE);
    };
  }

  private TableReference known(TableReference table) {
    RelationName name = RelationName.of(table);
    if (scopes.stage(name).isPresent()) {
      return table;
    }
    SourceTable source =
        catalog
            .table(name)
            .orElseThrow(() ->
                Linearity.refusal(
                    "system_catalog",
                    "changes of %s.%s cannot be captured".formatted(table.schema(), table.name()),
                    table.position()));
    switch (source.type()) {
      case MATVIEW ->
          throw Linearity.refusal(
              "materialized_view",
              "materialized view %s is refreshed outside of triggers' sight; make it a stream table"
                  .formatted(source.name()),
              table.position());
      case FOREIGN_TABLE ->
          throw Linearity.refusal(
              "foreign_table",
              "changes of foreign table %s happen on another server".formatted(source.name()),
              table.position());
      case TABLE, PARTITIONED_TABLE, STREAM_TABLE -> {}
    }
    if (table.only() && source.hasChildren()) {
      throw Linearity.refusal(
          "only", "ONLY over a table that others inherit from has no delta rule", table.position());
    }
    return table;
  }

  private static Query withoutOrder(Query query) {
    if (query.ordering().isLimited()) {
      return query;
    }
    return switch (query) {
      case Select select -> select.toBuilder().ordering(Ordering.NONE).build();
      case SetOperation operation ->
          new SetOperation(
              operation.with(),
              operation.kind(),
              operation.all(),
              operation.left(),
              operation.right(),
              Ordering.NONE);
      case Values values -> new Values(values.with(), values.rows(), Ordering.NONE);
    };
  }
}
