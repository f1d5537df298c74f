package dev.freshet.refresh.capture;

import dev.freshet.catalog.database.Session;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds refreshes that stand in somebody's way. A refresh holds ACCESS SHARE on its sources; DDL
 * queues behind it, and everybody else behind the DDL.
 */
public final class LockWatcher {

  /** Who refreshes holds an advisory lock of ours; who waits says since when. */
  private static final String IN_THE_WAY =
      """
      SELECT DISTINCT blocker.pid
      FROM pg_catalog.pg_locks AS waiting
      CROSS JOIN LATERAL unnest(pg_catalog.pg_blocking_pids(waiting.pid)) AS blocker (pid)
      JOIN pg_catalog.pg_locks AS ours ON ours.pid = blocker.pid
      WHERE NOT waiting.granted
        AND waiting.locktype = 'relation'
        AND waiting.waitstart < pg_catalog.clock_timestamp() - $1::bigint * interval '1 millisecond'
        AND ours.locktype = 'advisory' AND ours.granted AND ours.classid = 1718775923
        AND ours.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
        AND NOT EXISTS (
            SELECT FROM pg_catalog.pg_locks AS sibling
            WHERE sibling.pid = waiting.pid AND sibling.locktype = 'advisory' AND sibling.granted
              AND sibling.classid = 1718775923)
      ORDER BY blocker.pid\
      """;

  private LockWatcher() {}

  /**
   * The backends of ours behind which somebody else has queued for longer than the limit: to be
   * cancelled.
   */
  public static List<Integer> inTheWay(Session session, Duration limit) {
    List<Integer> backends = new ArrayList<>();
    for (Row row : session.execute(IN_THE_WAY, limit.toMillis())) {
      backends.add(row.getInteger("pid"));
    }
    return backends;
  }
}
