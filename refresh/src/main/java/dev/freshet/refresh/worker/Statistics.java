package dev.freshet.refresh.worker;

import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.catalog.database.ErrorCategory;
import dev.freshet.catalog.database.Session;
import io.vertx.sqlclient.Row;
import org.jboss.logging.Logger;

/**
 * Gathers the planner's statistics of a stream table that was just filled, and of the state kept
 * beside it.
 */
final class Statistics {

  private static final Logger LOG = Logger.getLogger(Statistics.class);

  private static final String RELATIONS =
      """
      SELECT format('ANALYZE %s', c.oid::regclass) AS statement FROM pg_class c
      WHERE c.oid = $1::bigint::oid
         OR c.relnamespace = 'freshet_state'::regnamespace AND c.relkind = 'r' AND c.relname LIKE format('s%s\\_%%', $2::bigint)\
      """;

  private final Session session;

  Statistics(Session session) {
    this.session = session;
  }

  void gather(MaintainedTable table) {
    for (Row row : session.execute(RELATIONS, table.relid(), table.pgtId())) {
      analyze(row.getString("statement"));
    }
  }

  private void analyze(String statement) {
    try {
      session.query(statement);
    } catch (DatabaseException failed) {
      if (failed.category() == ErrorCategory.CONNECTION) {
        throw failed;
      }
      // The refresh itself is done, and autovacuum comes by later.
      LOG.infof("%s: %s", statement, failed.getMessage());
    }
  }
}
