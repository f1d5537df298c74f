package dev.freshet.refresh.worker;

import static java.util.Objects.requireNonNull;

import dev.freshet.catalog.database.Session;
import dev.freshet.refresh.capture.ChangeBuffer;
import dev.freshet.refresh.capture.ChangeBuffers;
import dev.freshet.refresh.capture.PendingQuery;
import dev.freshet.refresh.capture.ShapeChange;
import dev.freshet.refresh.capture.SourceShape;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A stream table with which nothing was amiss: its plan fits, its sources are as the last refresh
 * saw them, their capture is whole, and only trusted code runs on it. It holds for as long as the
 * catalog's stamp is the same, which spares the next refreshes looking at all of that again.
 *
 * @param table the plan that fits
 * @param stamp of the catalogs ({@code freshet.catalog_stamp}), in the snapshot that was looked at
 * @param sources with nothing pending
 * @param captured where the changes of each are
 * @param pending the statement that asks for them
 */
record Settled(
    MaintainedTable table,
    String stamp,
    List<SourceRow> sources,
    List<PendingQuery.Captured> captured,
    String pending) {

  private static final String MEMBERS =
      "SELECT member::bigint FROM freshet.capture_members($1::bigint::oid)";
  private static final String SOUND =
      """
      SELECT freshet.untrusted_code_on(r.relation) IS NULL AND freshet.has_replica_identity(r.relation) AS sound
      FROM (SELECT $1::bigint::oid AS relation) AS r\
      """;

  Settled {
    requireNonNull(table);
    requireNonNull(stamp);
    sources = List.copyOf(sources);
    captured = List.copyOf(captured);
    requireNonNull(pending);
  }

  /** Looks whether it is, in the transaction whose snapshot the arguments are of. */
  static Optional<Settled> of(
      Session session, MaintainedTable table, String stamp, List<SourceRow> sources) {
    if (sources.isEmpty() || !sources.stream().allMatch(Settled::isUnchanged)) {
      return Optional.empty();
    }
    List<PendingQuery.Captured> captured = new ArrayList<>();
    for (SourceRow source : sources) {
      Optional<ChangeBuffer> buffer =
          ChangeBuffers.only(session, source.relid(), table.attnumsOf(source.relid()));
      if (buffer.isEmpty()) {
        return Optional.empty();
      }
      captured.add(
          new PendingQuery.Captured(source.relid(), members(session, source), buffer.get()));
    }
    Row own = session.execute(SOUND, table.relid()).iterator().next();
    return Boolean.TRUE.equals(own.getBoolean("sound"))
        ? Optional.of(new Settled(table, stamp, sources, captured, PendingQuery.of(captured)))
        : Optional.empty();
  }

  private static List<Long> members(Session session, SourceRow source) {
    if (!source.tree()) {
      return List.of(source.relid());
    }
    List<Long> members = new ArrayList<>();
    session.execute(MEMBERS, source.relid()).forEach(row -> members.add(row.getLong("member")));
    return members;
  }

  private static boolean isUnchanged(SourceRow source) {
    return source.captured()
        && source.change() == ShapeChange.NONE
        && !source.isCaptureBroken()
        // A crash empties an unlogged table and leaves no trace in the catalogs.
        && source.shape().map(SourceShape::survivesCrash).orElse(false);
  }

  Future<RowSet<Row>> send(Session session) {
    return session.send(pending, table.pgtId());
  }

  /** The sources with what {@link #send} has found. */
  List<SourceRow> read(RowSet<Row> rows) {
    List<SourceRow> found = new ArrayList<>(sources);
    for (Row row : rows) {
      PendingQuery.Pending pending = PendingQuery.read(row, captured);
      int place = pending.changes().reader();
      found.set(place, sources.get(place).with(pending));
    }
    return List.copyOf(found);
  }
}
