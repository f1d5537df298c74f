package dev.freshet.refresh.worker;

import static java.util.Objects.requireNonNull;

import dev.freshet.refresh.capture.PendingChanges;
import dev.freshet.refresh.capture.PendingQuery;
import dev.freshet.refresh.capture.ShapeChange;
import dev.freshet.refresh.capture.SourceShape;
import io.vertx.sqlclient.Row;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * A source of a stream table as the refresh's snapshot sees it.
 *
 * @param captured whether its changes are in buffers
 * @param shape its present shape; empty if it is gone
 * @param shapeThen the one of the last refresh; empty if none has recorded it
 * @param tree whether it has partitions or children
 * @param tuples its size as PostgreSQL estimates it
 * @param pending what has not been read
 */
record SourceRow(
    long pgtId,
    long relid,
    boolean captured,
    Optional<SourceShape> shape,
    Optional<SourceShape> shapeThen,
    boolean tree,
    double tuples,
    PendingChanges pending) {

  static final String READ = "SELECT * FROM freshet.read_sources($1::bigint[])";

  SourceRow {
    requireNonNull(shape);
    requireNonNull(shapeThen);
    requireNonNull(pending);
  }

  static SourceRow of(Row row) {
    return new SourceRow(
        row.getLong("pgt_id"),
        row.getLong("source_relid"),
        row.getBoolean("captured"),
        Optional.ofNullable(row.getString("shape")).map(SourceShape::parse),
        Optional.ofNullable(row.getString("shape_then")).map(SourceShape::parse),
        row.getBoolean("tree"),
        Optional.ofNullable(row.getDouble("tuples")).orElse(0.0),
        new PendingChanges(
            0,
            Set.copyOf(Arrays.asList(row.getArrayOfIntegers("generations"))),
            row.getLong("changes"),
            row.getBoolean("deletions"),
            row.getBoolean("truncated"),
            row.getBoolean("gap")));
  }

  /** How it differs from what the last refresh saw. */
  ShapeChange change() {
    if (shape.isEmpty()) {
      return ShapeChange.DEFINITION_CHANGED;
    }
    return shapeThen.map(then -> then.changeTo(shape.get())).orElse(ShapeChange.CAPTURE_CHANGED);
  }

  /** Whether its capture must be made whole before it can be read by differences. */
  boolean isCaptureBroken() {
    return captured && shape.map(SourceShape::broken).orElse(false);
  }

  /** The same source with what is pending now. */
  SourceRow with(PendingQuery.Pending present) {
    return new SourceRow(
        pgtId, relid, captured, shape, shapeThen, tree, present.tuples(), present.changes());
  }
}
