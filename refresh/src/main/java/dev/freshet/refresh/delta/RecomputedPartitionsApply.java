package dev.freshet.refresh.delta;

import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.Shape.RecomputedPartitions;
import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.sql.Alias;
import dev.freshet.refresh.sql.CommonTable;
import dev.freshet.refresh.sql.CommonTable.Materialization;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SelectBuilder;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.Statement;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.TableReference;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Rows that depend on the other rows of their partition: partitions of which a row changed are
 * computed anew, and the difference is applied.
 *
 * <pre>
 *   touched = π_K(ΔR)      ΔQ(R) = Q(R′ ⋉ touched) − (kept ⋉ touched)
 * </pre>
 *
 * <p>Requires that Q(R) is the union of Q over the partitions of R by K, and that the kept rows
 * show K. A row that moves touches the partition it left and the one it entered. Without keys all
 * is computed anew as soon as a row changed. Cost: the rows of the touched partitions.
 */
final class RecomputedPartitionsApply {

  private RecomputedPartitionsApply() {}

  /** The statement; empty where none of what the partitions are made of has changed. */
  static Optional<Statement> of(Stage stage, RecomputedPartitions shape, QueryDelta deltas) {
    return deltas
        .touching(shape.touching())
        .map(delta ->
            new Difference(stage, List.of(touched(shape, delta)), shape.restricted(), within(shape))
                .statement());
  }

  private static CommonTable touched(RecomputedPartitions shape, Query delta) {
    List<String> keys = namesOf(shape.keyColumns());
    List<String> names = keys.isEmpty() ? List.of("any", Weights.COLUMN) : Weights.after(keys);
    SelectBuilder select =
        Select.builder().from(new SubqueryItem(delta, false, new Alias("raw", names)));
    if (keys.isEmpty()) {
      select.target(Sql.truth(), "any").ordering(Rows.first(List.of()));
    } else {
      keys.forEach(name -> select.target(Sql.column("raw", name)));
      select.distinct();
    }
    return CommonTable.of(RecomputedPartitions.TOUCHED, select.build())
        .materialized(Materialization.MATERIALIZED);
  }

  private static List<String> namesOf(List<Column> keys) {
    return IntStream.range(0, keys.size()).mapToObj(RestrictedQuery::column).toList();
  }

  /** That a kept row, {@code t}, is in a touched partition. */
  private static List<Expression> within(RecomputedPartitions shape) {
    List<Column> keys = shape.keyColumns();
    List<Column> numbered = RestrictedQuery.numbered(keys);
    Query match =
        Select.builder()
            .from(TableReference.of(RecomputedPartitions.TOUCHED).as("x"))
            .where(
                RowMatch.on(
                    numbered,
                    column -> Sql.column("t", keys.get(numbered.indexOf(column)).name()),
                    column -> Sql.column("x", column.name())))
            .build();
    return List.of(Sql.exists(match));
  }
}
