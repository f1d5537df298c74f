package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.algebra.Catalog;
import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.Identity;
import dev.freshet.refresh.algebra.Piece;
import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.algebra.Shape;
import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.delta.OutputColumns;
import dev.freshet.refresh.sql.Distinctness;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Grouping;
import dev.freshet.refresh.sql.NodeMapping;
import dev.freshet.refresh.sql.Ordering;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SelectBuilder;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The stage of an aggregation: in the stream table itself, where that shows all that is needed, or
 * cut off as a table of its own that the rest of the query reads.
 */
final class GroupStage {

  private final Catalog catalog;
  private final Types types;
  private final Aggregation aggregation;
  private final RunningAggregates running;

  GroupStage(Catalog catalog, Types types, Aggregation aggregation) {
    this.catalog = catalog;
    this.types = types;
    this.aggregation = aggregation;
    this.running = new RunningAggregates(catalog, types, aggregation);
  }

  /** The stage whose table is the stream table; empty where that lacks a key or a count. */
  Optional<Stage> shownBy(RelationName table, List<Column> columns, Set<RelationName> reads) {
    Optional<Stage> carried =
        running.pieces().flatMap(pieces -> runningShownBy(pieces, table, columns, reads));
    return carried.isPresent() || running.pieces().isPresent()
        ? carried
        : recomputedShownBy(table, columns, reads);
  }

  private Optional<Stage> runningShownBy(
      GroupPieces pieces, RelationName table, List<Column> columns, Set<RelationName> reads) {
    if (!aggregation.select().grouping().having().isEmpty()) {
      return Optional.empty();
    }
    return pieces
        .shownBy(aggregation.select().targets(), columns)
        .map(shape ->
            new Stage(
                table,
                aggregation.select(),
                shape,
                new Identity.Keyed(shape.keys().stream().map(Column::name).toList()),
                known(columns, shape),
                reads));
  }

  private static List<Column> known(List<Column> columns, Shape.RunningGroups shape) {
    Map<String, Boolean> notNull = new HashMap<>();
    shape.keys().forEach(key -> notNull.put(key.name(), key.notNull()));
    for (Piece piece : shape.pieces()) {
      notNull.put(
          piece.column(), piece.kind() == Piece.Kind.ROWS || piece.kind() == Piece.Kind.VALUES);
    }
    return columns.stream()
        .map(c -> new Column(c.name(), c.type(), notNull.getOrDefault(c.name(), false)))
        .toList();
  }

  private Optional<Stage> recomputedShownBy(
      RelationName table, List<Column> columns, Set<RelationName> reads) {
    List<Target> targets = aggregation.select().targets();
    List<Expression> keys = running.comparableKeys();
    List<Column> keyColumns = new ArrayList<>();
    for (Expression key : keys) {
      IntStream.range(0, targets.size())
          .filter(i -> targets.get(i).expression().equals(key))
          .mapToObj(i -> keyColumn(columns.get(i), key))
          .findFirst()
          .ifPresent(keyColumns::add);
    }
    if (keyColumns.size() < keys.size()) {
      return Optional.empty();
    }
    return Optional.of(recomputed(table, groupedBy(keys), keyColumns, columns, reads));
  }

  /**
   * The same groups, made by all that tells them apart: functional dependencies are lost on
   * subqueries.
   */
  private Select groupedBy(List<Expression> keys) {
    List<Expression> having = aggregation.select().grouping().having();
    return aggregation.select().toBuilder().grouping(Grouping.by(keys).having(having)).build();
  }

  private Column keyColumn(Column shown, Expression key) {
    return new Column(
        shown.name(),
        shown.type(),
        Nullability.neverNull(key, aggregation.select(), aggregation.scope(), catalog));
  }

  private static Stage recomputed(
      RelationName table,
      Select query,
      List<Column> keyColumns,
      List<Column> columns,
      Set<RelationName> reads) {
    List<String> names = keyColumns.stream().map(Column::name).toList();
    boolean exact = keyColumns.stream().allMatch(key -> key.type().isExact());
    List<Column> known =
        columns.stream()
            .map(column ->
                keyColumns.stream()
                    .filter(k -> k.name().equals(column.name()))
                    .findFirst()
                    .orElse(column))
            .toList();
    return new Stage(
        table,
        query,
        new Shape.RecomputedGroups(query, query.grouping().expressions(), keyColumns),
        exact ? new Identity.Keyed(names) : new Identity.Bag(),
        known,
        reads);
  }

  /** Makes the stage an inner one; what remains of the query reads it. */
  Select cutOff(Scopes scopes, StageNames names) {
    Optional<GroupPieces> pieces = running.pieces();
    return pieces.isPresent()
        ? cutOffRunning(pieces.get(), scopes, names)
        : cutOffRecomputed(scopes, names);
  }

  private Select cutOffRunning(GroupPieces pieces, Scopes scopes, StageNames names) {
    Select query = pieces.query();
    RelationName table = names.of(query);
    if (scopes.stage(table).isEmpty()) {
      types.declare(table, query);
      List<Column> columns = types.of(query);
      Shape.RunningGroups shape = pieces.shape(columns);
      scopes.add(
          new Stage(
              table,
              query,
              shape,
              new Identity.Keyed(shape.keys().stream().map(Column::name).toList()),
              known(columns, shape),
              Scopes.reads(query)));
    }
    Substitution toStage = new Substitution(pieces.overStage("g"));
    return rest(table, toStage, aggregation.select().grouping().having());
  }

  /** The query with keys and aggregates read from the stage; what comes after grouping is kept. */
  private Select rest(RelationName table, Substitution toStage, List<Expression> having) {
    Select select = aggregation.select();
    NodeMapping mapping = NodeMapping.ofExpressions(toStage::in);
    SelectBuilder rest = Select.builder().from(table.as("g"));
    List<String> shown = OutputColumns.of(select);
    List<Target> targets = select.targets();
    IntStream.range(0, targets.size())
        .forEach(i -> rest.target(toStage.in(targets.get(i).expression()), shown.get(i)));
    return rest.where(having.stream().map(toStage::in).toList())
        .windows(select.windows().stream().map(window -> window.mapNodes(mapping)).toList())
        .distinct(select.distinctness().mapNodes(mapping))
        .ordering(select.ordering().mapNodes(mapping))
        .build();
  }

  /**
   * Keys as k1, k2, …, then the aggregates as a1, a2, …, then columns that follow from the keys and
   * cannot be grouped by; HAVING stays inside.
   */
  private Select cutOffRecomputed(Scopes scopes, StageNames names) {
    List<Expression> keys = running.comparableKeys();
    List<Target> targets = new ArrayList<>(numbered(keys, "k"));
    targets.addAll(numbered(aggregation.aggregates(), "a"));
    targets.addAll(
        numbered(aggregation.keys().stream().filter(key -> !keys.contains(key)).toList(), "f"));
    Map<Expression, Expression> places = new HashMap<>();
    targets.forEach(target -> places.put(target.expression(), Sql.column("g", target.alias())));
    Select query = plainBy(keys).toBuilder().targets(targets).build();
    RelationName table = names.of(query);
    if (scopes.stage(table).isEmpty()) {
      types.declare(table, query);
      List<Column> columns = types.of(query);
      List<Column> keyColumns =
          IntStream.range(0, keys.size())
              .mapToObj(i -> keyColumn(columns.get(i), keys.get(i)))
              .toList();
      scopes.add(recomputed(table, query, keyColumns, columns, Scopes.reads(query)));
    }
    return rest(table, new Substitution(places), List.of());
  }

  private static List<Target> numbered(List<Expression> expressions, String prefix) {
    return IntStream.range(0, expressions.size())
        .mapToObj(i -> new Target(expressions.get(i), prefix + (i + 1)))
        .toList();
  }

  /** Grouping and HAVING alone, without what comes after. */
  private Select plainBy(List<Expression> keys) {
    return groupedBy(keys).toBuilder()
        .distinct(new Distinctness.KeepDuplicates())
        .windows(List.of())
        .ordering(Ordering.NONE)
        .build();
  }
}
