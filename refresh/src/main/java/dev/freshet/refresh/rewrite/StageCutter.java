package dev.freshet.refresh.rewrite;

import static dev.freshet.refresh.sql.SetOperation.Kind.UNION;

import dev.freshet.refresh.algebra.Catalog;
import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.Identity;
import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.algebra.Scope;
import dev.freshet.refresh.algebra.Shape;
import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.delta.OutputColumns;
import dev.freshet.refresh.sql.Alias;
import dev.freshet.refresh.sql.CanonicalAliases;
import dev.freshet.refresh.sql.Distinctness;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.FunctionItem;
import dev.freshet.refresh.sql.JoinItem;
import dev.freshet.refresh.sql.JsonTableItem;
import dev.freshet.refresh.sql.NodeMapping;
import dev.freshet.refresh.sql.Ordering;
import dev.freshet.refresh.sql.Position;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.SampledTable;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SelectBuilder;
import dev.freshet.refresh.sql.SetOperation;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.Star;
import dev.freshet.refresh.sql.SubqueryExpression;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.TableReference;
import dev.freshet.refresh.sql.Trees;
import dev.freshet.refresh.sql.Values;
import dev.freshet.refresh.sql.XmlTableItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
  private final StageNames names;

  private StageCutter(Types types, Scopes scopes, StageNames names) {
    this.catalog = scopes.catalog();
    this.types = types;
    this.scopes = scopes;
    this.names = names;
  }

  /**
   * The stages of a query.
   *
   * @param expanded without views and common table expressions
   * @param streamTable where the rows of the last stage are
   * @param columns of the stream table
   * @return in the order in which they are refreshed, the stream table last
   * @throws dev.freshet.refresh.algebra.NotDifferentiable where a part has no rule
   */
  public static List<Stage> cut(
      Query expanded,
      Catalog catalog,
      Types types,
      StageNames names,
      RelationName streamTable,
      List<Column> columns) {
    StageNames canonical = query -> names.of(CanonicalAliases.in(query));
    Scopes scopes = new Scopes(catalog);
    Recursions recursions =
        new Recursions(
            types,
            scopes,
            canonical,
            query ->
                new StageCutter(types, scopes, canonical)
                    .linear(joined(query, scopes.catalog(), types), false));
    Query plain = recursions.query(expanded);
    Stage last =
        new StageCutter(types, scopes, canonical)
            .lastStage(joined(plain, scopes.catalog(), types), streamTable, columns);
    List<Stage> stages = new ArrayList<>(scopes.stages());
    stages.add(last);
    Completeness.require(sourcesOf(expanded), stages);
    return List.copyOf(stages);
  }

  /** The tables that a query reads, and not the names that it gives to its own parts. */
  private static Set<RelationName> sourcesOf(Query query) {
    return Scopes.reads(query).stream()
        .filter(name -> !name.schema().isEmpty())
        .collect(Collectors.toSet());
  }

  /** The query over joins that the delta rules know, if all of it has a rule. */
  private static Query joined(Query expanded, Catalog catalog, Types types) {
    Query query = SetReturningTargets.in(expanded, catalog, types);
    Linearity.require(query, catalog);
    RowOrder.require(query, catalog);
    CapturedSources.require(query, catalog);
    Query linear = withoutSubqueries(query, catalog, types);
    Linearity.requireNoSubqueries(linear);
    Query joined = OuterJoinsToSubqueries.in(linear);
    ClockPlaces.require(joined, catalog);
    return joined;
  }

  /** Relations in the place of subqueries, every column qualified by the relation that has it. */
  private static Query withoutSubqueries(Query query, Catalog catalog, Types types) {
    Query merged = MergedColumns.in(DistinctAliases.in(LimitedSets.in(query)), catalog);
    Query plain = GroupingSetsToUnion.in(QualifiedColumns.whereMixed(merged), catalog, types);
    boolean subqueries = !Trees.expressions(plain, SubqueryExpression.class).isEmpty();
    boolean timed = ClockPlaces.isIn(plain);
    if (!subqueries && !timed && !LateralsToJoins.isIn(plain, catalog)) {
      return plain;
    }
    Aliases aliases = new Aliases();
    Query named = QualifiedColumns.in(plain);
    Query computed =
        timed ? ClockColumns.in(TimedGroups.in(named, catalog, aliases), aliases) : named;
    Query unilateral = LateralsToJoins.in(computed, catalog, aliases);
    Query joined = SubqueriesToJoins.in(unilateral, catalog, types, aliases);
    // Relations of the query around a subquery may have come into it.
    return DistinctAliases.in(joined);
  }

  private Stage lastStage(Query query, RelationName table, List<Column> columns) {
    Query ordered = withoutOrder(query);
    if (ordered instanceof Select select) {
      Optional<Stage> direct = shownBy(select, table, columns);
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

  /** The last stage in the stream table itself, if that shows all that its rule needs. */
  private Optional<Stage> shownBy(Select select, RelationName table, List<Column> columns) {
    boolean partitioned = PartitionStage.isNeeded(select);
    if (groups(select) && !partitioned) {
      Aggregation aggregation = aggregation(select);
      Set<RelationName> reads = Scopes.reads(aggregation.select());
      return new GroupStage(catalog, types, aggregation).shownBy(table, columns, reads);
    }
    if (partitioned && !Aggregation.isIn(select, catalog) && !isDistinct(select)) {
      return new PartitionStage(catalog, types, scopes, overLinearItems(select))
          .shownBy(table, columns);
    }
    return Optional.empty();
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
    return switch (query) {
      case Values values -> values;
      case SetOperation operation -> linear(operation, lateral);
      case Select select -> linear((Select) withoutOrder(select), lateral);
    };
  }

  private Query linear(SetOperation operation, boolean lateral) {
    Query left = linear(operation.left(), lateral);
    Query right = linear(operation.right(), lateral);
    if (operation.kind() != UNION) {
      requireClosed(lateral);
      requireColumns(left);
      SetOperation both = SetOperation.of(operation.kind(), operation.all(), left, right);
      return new SetOperationStage(types, both).cutOff(scopes, names);
    }
    Query both = new UnionSides(types, scopes).of(left, right, lateral);
    return operation.all() ? both : withoutDuplicates(both, lateral);
  }

  /** In the order of evaluation: grouping, windows, DISTINCT, LIMIT; each a stage of its own. */
  private Query linear(Select select, boolean lateral) {
    if (Aggregation.isIn(select, catalog)) {
      requireClosed(lateral);
      Select rest = new GroupStage(catalog, types, aggregation(select)).cutOff(scopes, names);
      return linear(rest, lateral);
    }
    Select body = overLinearItems(select);
    if (isDistinct(body) && PartitionStage.isNeeded(body)) {
      return distinctOfPartitions(body, lateral);
    }
    if (PartitionStage.isNeeded(body)) {
      requireClosed(lateral);
      return new PartitionStage(catalog, types, scopes, body).cutOff(names);
    }
    return isDistinct(body)
        ? withoutDuplicates(
            body.toBuilder().distinct(new Distinctness.KeepDuplicates()).build(), lateral)
        : body;
  }

  private Query distinctOfPartitions(Select body, boolean lateral) {
    requireClosed(lateral);
    if (body.ordering().isLimited()) {
      // DISTINCT and the limit stay together: all is computed anew.
      return new PartitionStage(catalog, types, scopes, body).cutOff(names);
    }
    Select rows = body.toBuilder().distinct(new Distinctness.KeepDuplicates()).build();
    Query partitions = new PartitionStage(catalog, types, scopes, rows).cutOff(names);
    return withoutDuplicates(partitions, lateral);
  }

  private static boolean isDistinct(Select select) {
    return select.distinctness() instanceof Distinctness.DistinctRows;
  }

  private Aggregation aggregation(Select select) {
    Select body = overLinearItems(select);
    Scope scope = scopes.of(body.from());
    return Aggregation.of(body, scope, catalog);
  }

  /** DISTINCT is grouping by all columns. */
  private Query withoutDuplicates(Query query, boolean lateral) {
    requireClosed(lateral);
    requireColumns(query);
    List<String> shown = OutputColumns.of(query);
    List<String> inner = NumberedColumns.of(query);
    List<Expression> keys =
        inner.stream().<Expression>map(name -> Sql.column("rows", name)).toList();
    SelectBuilder select =
        Select.builder().from(new SubqueryItem(query, false, new Alias("rows", inner)));
    IntStream.range(0, keys.size()).forEach(i -> select.target(keys.get(i), shown.get(i)));
    Select groups = select.groupBy(keys).build();
    return new GroupStage(catalog, types, aggregation(groups)).cutOff(scopes, names);
  }

  /** Of rows without columns it is not known which are there, only how many. */
  private static void requireColumns(Query query) {
    if (OutputColumns.of(query).isEmpty()) {
      throw Linearity.refusal(
          "no_columns", "rows without columns cannot be told apart", Position.NONE);
    }
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
      case JoinItem join -> join.mapNodes(NodeMapping.ofFromItems(this::linear));
      case SubqueryItem subquery ->
          new SubqueryItem(
              linear(subquery.query(), subquery.lateral()), subquery.lateral(), subquery.alias());
      case TableReference _, FunctionItem _, XmlTableItem _, JsonTableItem _ -> item;
      case SampledTable _ -> throw new IllegalStateException("a sample was not refused: " + item);
    };
  }

  private Query withoutOrder(Query query) {
    if (query.ordering().isLimited()) {
      return query;
    }
    return switch (query) {
      // Its order says which row of a group is the first.
      case Select select when select.distinctness() instanceof Distinctness.DistinctOn -> select;
      case Select select -> Aggregation.withoutOrder(select, catalog);
      case SetOperation _, Values _ -> query.withOrdering(Ordering.NONE);
    };
  }
}
