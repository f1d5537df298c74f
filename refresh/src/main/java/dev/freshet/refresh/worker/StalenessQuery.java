package dev.freshet.refresh.worker;

import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.graph.Staleness;
import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Asks the buffers, in one statement for all. */
public final class StalenessQuery implements Staleness {

  private final WorkerSessions sessions;

  public StalenessQuery(WorkerSessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public Set<Long> among(Collection<Long> pgtIds) {
    Session session = sessions.take();
    try {
      Set<Long> stale = new HashSet<>();
      for (Row row :
          session.execute(
              "SELECT s AS pgt_id FROM freshet.stale_among($1::bigint[]) AS s",
              (Object) pgtIds.toArray(Long[]::new))) {
        stale.add(row.getLong("pgt_id"));
      }
      return stale;
    } finally {
      sessions.giveBack(session);
    }
  }
}
