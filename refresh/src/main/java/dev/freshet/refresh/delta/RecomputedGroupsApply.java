package dev.freshet.refresh.delta;

import static dev.freshet.refresh.sql.Merge.Match.MATCHED;
import static dev.freshet.refresh.sql.Merge.Match.NOT_MATCHED;

import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.Shape.RecomputedGroups;
import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.sql.Alias;
import dev.freshet.refresh.sql.CommonTable;
import dev.freshet.refresh.sql.CommonTable.Materialization;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Grouping;
import dev.freshet.refresh.sql.Merge;
import dev.freshet.refresh.sql.Ordering;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SelectBuilder;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.Statement;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.TableReference;
import dev.freshet.refresh.sql.Target;
import dev.freshet.refresh.sql.With;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Aggregates that cannot be carried forward: the groups of which a row changed are computed anew.
 *
 * <pre>
 *   touched = π_K(ΔR)      Δγ(R) = γ(R′ ⋉ touched) − (kept ⋉ touched)
 * </pre>
 *
 * <p>The result is one that PostgreSQL itself computed, never a running sum: sums of floats,
 * aggregates in an order, percentiles, DISTINCT ones. A group that lost all its rows, or no longer
 * passes HAVING, is deleted. Cost: the rows of the touched groups.
 */
final class RecomputedGroupsApply {

  private static final String LIVE = "__live";

  private RecomputedGroupsApply() {}

  /** The statement; empty where none of what the groups are made of has changed. */
  static Optional<Statement> of(Stage stage, RecomputedGroups shape, QueryDelta deltas) {
    return deltas.touching(keysOnly(shape)).map(delta -> merge(stage, shape, delta));
  }

  private static Select keysOnly(RecomputedGroups shape) {
    List<Target> keys =
        IntStream.range(0, shape.keys().size())
            .mapToObj(i -> new Target(shape.keys().get(i), RestrictedQuery.column(i)))
            .toList();
    return shape.query().toBuilder()
        .targets(keys)
        .grouping(Grouping.NONE)
        .windows(List.of())
        .ordering(Ordering.NONE)
        .build();
  }

  private static Statement merge(Stage stage, RecomputedGroups shape, Query delta) {
    With with =
        With.of(
            List.of(
                CommonTable.of("touched", touched(shape, delta))
                    .materialized(Materialization.MATERIALIZED),
                fresh(stage, shape)));
    Query source = Sql.unionAll(live(), gone(stage, shape));
    Expression changed = Sql.not(RowMatch.sameImage(stage.columns(), "t", "d"));
    return new Merge(
        with,
        stage.table().as("t"),
        SubqueryItem.of(source, "d"),
        Rows.orTrue(RowMatch.on(shape.keyColumns(), "t", "d")),
        List.of(
            new Merge.Clause(
                MATCHED, List.of(Sql.not(Sql.column("d", LIVE))), new Merge.DeleteRow()),
            new Merge.Clause(MATCHED, List.of(changed), Rows.update(stage.columns(), "d")),
            new Merge.Clause(
                NOT_MATCHED, List.of(Sql.column("d", LIVE)), Rows.insert(stage.columns(), "d"))),
        List.of());
  }

  private static Query touched(RecomputedGroups shape, Query delta) {
    List<String> names =
        Stream.concat(
                IntStream.range(0, shape.keys().size()).mapToObj(RestrictedQuery::column),
                Stream.of(Weights.COLUMN))
            .toList();
    SelectBuilder select =
        Select.builder().from(new SubqueryItem(delta, false, new Alias("raw", names)));
    if (shape.keys().isEmpty()) {
      return select.target(Sql.truth(), "any").ordering(Rows.first(List.of())).build();
    }
    IntStream.range(0, shape.keys().size())
        .mapToObj(RestrictedQuery::column)
        .forEach(name -> select.target(Sql.column("raw", name)));
    return select.distinct().build();
  }

  private static CommonTable fresh(Stage stage, RecomputedGroups shape) {
    Query query =
        shape.keys().isEmpty()
            ? ifTouched(shape.query())
            : RestrictedQuery.of(shape.query(), shape.keys(), shape.keyColumns(), "touched");
    return CommonTable.of("fresh", stage.columnNames(), query)
        .materialized(Materialization.MATERIALIZED);
  }

  private static Query ifTouched(Query query) {
    Query any = Select.builder().from(TableReference.of("touched")).build();
    return Select.builder()
        .target(Rows.all("whole"))
        .from(SubqueryItem.of(query, "whole"))
        .where(Sql.exists(any))
        .build();
  }

  private static Query live() {
    return Select.builder()
        .target(Rows.all("f"))
        .target(Sql.truth(), LIVE)
        .from(TableReference.of("fresh").as("f"))
        .build();
  }

  /** Kept groups that were touched and are no more. */
  private static Query gone(Stage stage, RecomputedGroups shape) {
    List<Column> keys = shape.keyColumns();
    Query still =
        Select.builder()
            .from(TableReference.of("fresh").as("f"))
            .where(RowMatch.on(keys, "f", "t"))
            .build();
    List<Expression> where = new ArrayList<>(touchedMatch(keys));
    where.add(Sql.not(Sql.exists(still)));
    SelectBuilder select =
        Select.builder()
            .from(stage.table().as("t"))
            .from(TableReference.of("touched").as("x"))
            .where(where);
    stage.columnNames().forEach(name -> select.target(Sql.column("t", name)));
    return select.target(Sql.falsehood(), LIVE).build();
  }

  private static List<Expression> touchedMatch(List<Column> keys) {
    List<Column> numbered = RestrictedQuery.numbered(keys);
    return RowMatch.on(
        numbered,
        column -> Sql.column("t", keys.get(numbered.indexOf(column)).name()),
        column -> Sql.column("x", column.name()));
  }
}
