package dev.freshet.refresh.capture;

import dev.freshet.catalog.database.Session;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What there is to read. */
public final class ChangeBuffers {

  private static final String READABLE =
      """
      SELECT c.generation, n.nspname AS schema, v.relname AS name,
             (SELECT count(*) FROM freshet.capture o WHERE o.source_relid = c.source_relid) AS generations
      FROM freshet.capture c
      JOIN pg_class v ON v.oid = c.changes
      JOIN pg_namespace n ON n.oid = v.relnamespace
      WHERE c.source_relid = $1::bigint::oid
        AND c.columns @> freshet.capture_columns(c.source_relid, $2::int4[]::int2[])
      ORDER BY c.generation\
      """;

  private static final String PENDING =
      """
      SELECT place, generation, changes, deletions, truncated, gap
      FROM freshet.pending_changes($1::bigint[]::oid[], $2::text[]::pg_snapshot[], $3::text[]::xid8[])\
      """;

  private ChangeBuffers() {}

  /**
   * The generations that hold these attributes of a source, all of which must be read. To be asked
   * in the transaction that reads them: a superseded one goes away once nobody needs it.
   */
  public static List<ChangeBuffer> of(Session session, long sourceRelid, Set<Integer> attnums) {
    List<ChangeBuffer> buffers = new ArrayList<>();
    readable(session, sourceRelid, attnums).forEach(row -> buffers.add(buffer(row)));
    return buffers;
  }

  private static RowSet<Row> readable(Session session, long sourceRelid, Set<Integer> attnums) {
    return session.execute(
        READABLE, sourceRelid, attnums.stream().sorted().toArray(Integer[]::new));
  }

  private static ChangeBuffer buffer(Row row) {
    return new ChangeBuffer(
        row.getInteger("generation"), row.getString("schema"), row.getString("name"));
  }

  /**
   * The only generation of a source's buffers; empty if there are several, or it lacks one of these
   * attributes.
   */
  public static Optional<ChangeBuffer> only(
      Session session, long sourceRelid, Set<Integer> attnums) {
    List<ChangeBuffer> readable = new ArrayList<>();
    for (Row row : readable(session, sourceRelid, attnums)) {
      if (row.getLong("generations") == 1) {
        readable.add(buffer(row));
      }
    }
    return readable.stream().findFirst();
  }

  /**
   * What is new, for many readers in one round trip; readers for whom nothing is are left out.
   * Exact in the transaction that will read, after its snapshot was taken; before, a hint.
   */
  public static List<PendingChanges> pending(Session session, List<Reader> readers) {
    return Session.join(sendPending(session, readers));
  }

  /** Like {@link #pending}, on its way with other statements. */
  public static Future<List<PendingChanges>> sendPending(Session session, List<Reader> readers) {
    return session
        .send(
            PENDING,
            readers.stream().map(Reader::sourceRelid).toArray(Long[]::new),
            readers.stream().map(Reader::asOf).toArray(String[]::new),
            readers.stream().map(Reader::ownXid).map(ChangeBuffers::orNull).toArray(String[]::new))
        .map(ChangeBuffers::byReader);
  }

  private static @Nullable String orNull(String xid) {
    return xid.isEmpty() ? null : xid;
  }

  private static List<PendingChanges> byReader(RowSet<Row> rows) {
    Map<Integer, PendingChanges> pending = new TreeMap<>();
    for (Row row : rows) {
      PendingChanges found =
          new PendingChanges(
              row.getInteger("place") - 1,
              Set.of(row.getInteger("generation")),
              row.getLong("changes"),
              row.getBoolean("deletions"),
              row.getBoolean("truncated"),
              row.getBoolean("gap"));
      pending.merge(found.reader(), found, ChangeBuffers::together);
    }
    return List.copyOf(pending.values());
  }

  private static PendingChanges together(PendingChanges one, PendingChanges other) {
    Set<Integer> generations = new HashSet<>(one.generations());
    generations.addAll(other.generations());
    return new PendingChanges(
        one.reader(),
        generations,
        one.changes() + other.changes(),
        one.deletions() || other.deletions(),
        one.truncated() || other.truncated(),
        one.gap() || other.gap());
  }
}
