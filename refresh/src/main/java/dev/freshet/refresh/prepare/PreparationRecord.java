package dev.freshet.refresh.prepare;

import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.event.refresh.DefinitionCompiled;
import dev.freshet.catalog.event.refresh.PopulationStarted;
import dev.freshet.catalog.log.EventLog;
import dev.freshet.catalog.log.EventStream;
import dev.freshet.refresh.maintain.MaintenancePlan;
import dev.freshet.refresh.worker.FailedPreparation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Writes down what came of a preparation, in one transaction that holds the stream table's advisory
 * lock, so that no command and no refresh is at it at the same time.
 */
final class PreparationRecord {

  /** Fails with 55P03 where a refresh or a command holds it. */
  private static final String LOCK =
      """
      DO $$ BEGIN
          IF NOT pg_try_advisory_xact_lock(1718775923, %d) THEN
              RAISE EXCEPTION 'the stream table is busy' USING ERRCODE = '55P03', HINT = 'It is tried again.';
          END IF;
      END $$\
      """;

  private static final String COMPILED =
      """
      UPDATE freshet.frontier AS f SET compiled_epoch = f.epoch, compiled_views = freshet.views_fingerprint(
          (SELECT freshet.views_of(d.view_relid) FROM freshet.definition AS d WHERE d.pgt_id = f.pgt_id))
      WHERE f.pgt_id = $1 AND f.epoch = $2\
      """;

  private final Session session;

  PreparationRecord(Session session) {
    this.session = session;
  }

  /** It is ready. */
  void complete(Definition definition, DefinitionCompiled event, MaintenancePlan plan) {
    inTransaction(
        definition,
        () -> {
          EventLog.append(session, EventStream.ofRefreshes(definition.pgtId()), event);
          plan.setUp().forEach(session::query);
          if (definition.fills()) {
            EventLog.append(
                session, EventStream.ofRefreshes(definition.pgtId()), estimate(definition.pgtId()));
          }
        });
  }

  /** It is compiled, but not as its user demands. */
  void refuse(Definition definition, DefinitionCompiled event, FailedPreparation failures) {
    inTransaction(
        definition,
        () -> {
          EventLog.append(session, EventStream.ofRefreshes(definition.pgtId()), event);
          failures.recordRefusal(session, definition.pgtId(), event.mode().reason());
        });
  }

  /** There is nothing to compile until a command changes that. */
  void giveUp(Definition definition) {
    inTransaction(definition, () -> {});
  }

  private void inTransaction(Definition definition, Runnable work) {
    try {
      session.query("BEGIN ISOLATION LEVEL READ COMMITTED" + session.fence().sql());
      session.query(LOCK.formatted(definition.pgtId()));
      boolean current =
          session.execute(COMPILED, definition.pgtId(), definition.epoch()).rowCount() == 1;
      if (current) {
        work.run();
      }
      session.query(current ? "COMMIT" : "ROLLBACK");
    } catch (DatabaseException failed) {
      if (session.isOpen()) {
        session.query("ROLLBACK");
      }
      throw failed;
    }
  }

  private PopulationStarted estimate(long pgtId) {
    String view =
        session
            .execute(
                "SELECT view_relid::regclass::text AS view FROM freshet.definition WHERE pgt_id = $1",
                pgtId)
            .iterator()
            .next()
            .getString("view");
    Object explained =
        session.query("EXPLAIN (FORMAT json) SELECT * FROM " + view).iterator().next().getValue(0);
    JsonObject plan = new JsonArray(explained.toString()).getJsonObject(0).getJsonObject("Plan");
    long rows = plan.getNumber("Plan Rows").longValue();
    return new PopulationStarted(rows, rows * plan.getNumber("Plan Width").longValue());
  }
}
