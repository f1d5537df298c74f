package dev.freshet.refresh.capture;

import static java.util.Objects.requireNonNull;

import dev.freshet.catalog.database.Session;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes capture away. Dropping the functions with CASCADE drops the triggers, which works without
 * owning the table; it needs the source's ACCESS EXCLUSIVE lock for a moment, and gives up if that
 * is not to be had.
 */
public final class CaptureRemoval {

  private static final String UNUSED =
      "SELECT source::bigint FROM freshet.unused_captures($1::bigint * interval '1 millisecond') AS source";

  private static final String CAPTURED =
      "SELECT source_relid::bigint AS source FROM freshet.capture_source ORDER BY source_relid";

  private final CaptureSettings settings;

  public CaptureRemoval(CaptureSettings settings) {
    this.settings = requireNonNull(settings);
  }

  /**
   * Removes capture where nobody reads it any more; returns the sources at which somebody was in
   * the way.
   */
  public List<Long> removeUnused(Session session) {
    return removeAll(session, session.execute(UNUSED, settings.unusedGrace().toMillis()));
  }

  /** Removes capture from every source; returns those at which somebody was in the way. */
  public List<Long> uninstall(Session session) {
    return removeAll(session, session.execute(CAPTURED));
  }

  /** Removes capture from a source; false if somebody was in the way. Not inside a transaction. */
  public boolean remove(Session session, long sourceRelid) {
    return new ShortTransaction(settings.lockTimeout())
        .run(
            session,
            () -> session.execute("SELECT freshet.remove_capture($1::bigint::oid)", sourceRelid))
        .isPresent();
  }

  private List<Long> removeAll(Session session, RowSet<Row> sources) {
    List<Long> busy = new ArrayList<>();
    for (Row row : sources) {
      if (!remove(session, row.getLong("source"))) {
        busy.add(row.getLong("source"));
      }
    }
    return busy;
  }
}
