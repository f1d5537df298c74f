package dev.freshet.refresh.maintain;

import dev.freshet.refresh.algebra.Piece;
import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.algebra.Shape;
import dev.freshet.refresh.algebra.SourceTable;
import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.delta.Clock;
import dev.freshet.refresh.delta.Leaves;
import dev.freshet.refresh.delta.OutputColumns;
import dev.freshet.refresh.sql.BinaryOperation;
import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.JoinCondition;
import dev.freshet.refresh.sql.JoinItem;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.TableReference;
import dev.freshet.refresh.sql.Target;
import dev.freshet.refresh.sql.TreeRewriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * By which columns of the sources deltas look rows up: a changed row its partners in joins, a group
 * or a partition its rows, the time the rows that it has reached. An index that begins with one of
 * them makes a delta cheap; without it, a source is read whole.
 *
 * <p>Only for people: what is not recognised here is not missed by any statement.
 */
final class Lookups {

  private final Map<RelationName, SourceTable> tables = new LinkedHashMap<>();
  private final Set<Lookup> found = new LinkedHashSet<>();

  /**
   * Rows of a source that are asked for.
   *
   * @param attnums of columns that are known then, one at least
   * @param what a sentence's end: who asks
   */
  record Lookup(long relid, Set<Integer> attnums, String what) {

    Lookup {
      attnums = new TreeSet<>(attnums);
    }
  }

  /** A column of a source. */
  private record Place(SourceTable table, String column) {}

  /** The aliases of two relations that are compared. */
  private record Pair(String asked, String asking) {}

  private Lookups(Collection<SourceTable> sources) {
    sources.forEach(table -> tables.put(new RelationName(table.schema(), table.name()), table));
  }

  static List<Lookup> of(List<Stage> stages, Collection<SourceTable> sources) {
    Lookups lookups = new Lookups(sources);
    for (Stage stage : stages) {
      lookups.inJoins(stage.query());
      lookups.inShape(stage.shape());
    }
    return List.copyOf(lookups.found);
  }

  private void inJoins(Query query) {
    new TreeRewriter() {
      @Override
      public Query query(Query each) {
        if (each instanceof Select select) {
          inSelect(select);
        }
        return super.query(each);
      }
    }.query(query);
  }

  private void inSelect(Select select) {
    List<Expression> conjuncts = new ArrayList<>(select.where());
    select.from().forEach(item -> addConditions(item, conjuncts));
    Map<Pair, List<Place>> joined = new LinkedHashMap<>();
    for (Expression conjunct : conjuncts) {
      if (!(conjunct instanceof BinaryOperation comparison)) {
        continue;
      }
      if (comparison.operator().isBuiltIn("=")) {
        join(select, comparison.left(), comparison.right(), joined);
        join(select, comparison.right(), comparison.left(), joined);
      } else {
        compareWithTime(select, comparison.left(), comparison.right());
        compareWithTime(select, comparison.right(), comparison.left());
      }
    }
    joined
        .values()
        .forEach(places -> addByTable(places, "a changed row looks up its partners there"));
  }

  private void join(
      Select select, Expression asked, Expression asking, Map<Pair, List<Place>> joined) {
    if (asked instanceof ColumnReference column
        && asking instanceof ColumnReference other
        && column.path().size() == 2
        && other.path().size() == 2
        && !column.path().getFirst().equals(other.path().getFirst())) {
      Pair pair = new Pair(column.path().getFirst(), other.path().getFirst());
      placeOf(select.from(), column)
          .ifPresent(place -> joined.computeIfAbsent(pair, _ -> new ArrayList<>()).add(place));
    }
  }

  private void compareWithTime(Select select, Expression column, Expression time) {
    if (column instanceof ColumnReference reference && Clock.isIn(time)) {
      placeOf(select.from(), reference)
          .ifPresent(place ->
              add(List.of(place), "the rows that the time has reached are looked up there"));
    }
  }

  private void inShape(Shape shape) {
    switch (shape) {
      case Shape.RunningGroups groups -> {
        if (groups.pieces().stream().anyMatch(Piece::isExtreme)) {
          inKeys(
              groups.input(),
              groups.groupedBy(),
              "a group that loses its least or greatest value is read again from there");
        }
      }
      case Shape.RecomputedGroups groups ->
          inKeys(groups.query(), groups.keys(), "a changed group is read again from there");
      case Shape.RecomputedPartitions partitions -> {
        if (partitions.touching() instanceof Select select && !partitions.keyColumns().isEmpty()) {
          inKeys(
              select,
              select.targets().stream().map(Target::expression).toList(),
              "a changed partition is read again from there");
        }
      }
      case Shape.Recursion recursion -> inJoins(recursion.step());
      case Shape.Linear _ -> {}
    }
  }

  private void inKeys(Select select, List<Expression> keys, String what) {
    List<Place> places = new ArrayList<>();
    for (Expression key : keys) {
      if (key instanceof ColumnReference column) {
        placeOf(select.from(), column).ifPresent(places::add);
      }
    }
    addByTable(places, what);
  }

  /** The columns of a subquery may come from several tables. */
  private void addByTable(List<Place> places, String what) {
    places.stream()
        .collect(
            Collectors.groupingBy(
                place -> place.table().relid(), LinkedHashMap::new, Collectors.toList()))
        .values()
        .forEach(each -> add(each, what));
  }

  private void add(List<Place> places, String what) {
    SourceTable table = places.getFirst().table();
    Set<Integer> attnums = new TreeSet<>();
    places.forEach(place -> attnums.add(table.numberOf(place.column())));
    found.add(new Lookup(table.relid(), attnums, what));
  }

  private static void addConditions(FromItem item, List<Expression> conjuncts) {
    if (item instanceof JoinItem join) {
      addConditions(join.left(), conjuncts);
      addConditions(join.right(), conjuncts);
      if (join.condition() instanceof JoinCondition.On on) {
        conjuncts.addAll(on.conjuncts());
      }
    }
  }

  /** Where a column comes from, through subqueries that only pass it on. */
  private Optional<Place> placeOf(List<FromItem> from, ColumnReference column) {
    List<FromItem> items = Leaves.of(from);
    return items.stream()
        .filter(item -> isNamed(item, column, items.size() == 1))
        .findFirst()
        .flatMap(item -> placeIn(item, column.name()));
  }

  private static boolean isNamed(FromItem item, ColumnReference column, boolean alone) {
    return column.qualifier().isEmpty()
        ? alone
        : column.qualifier().equals(List.of(item.visibleName()));
  }

  private Optional<Place> placeIn(FromItem item, String column) {
    return switch (item) {
      case TableReference table when table.alias().columns().isEmpty() ->
          Optional.ofNullable(tables.get(RelationName.of(table)))
              .filter(source -> source.column(column).isPresent())
              .map(source -> new Place(source, column));
      case SubqueryItem subquery when subquery.query() instanceof Select select -> {
        int place = OutputColumns.of(select, subquery.alias().columns()).indexOf(column);
        yield place >= 0
                && place < select.targets().size()
                && select.targets().get(place).expression() instanceof ColumnReference inner
            ? placeOf(select.from(), inner)
            : Optional.empty();
      }
      default -> Optional.empty();
    };
  }
}
