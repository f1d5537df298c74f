package dev.freshet.app.bench;

import dev.freshet.catalog.database.Session;
import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.capture.BufferDisposal;
import dev.freshet.refresh.capture.CaptureInstaller;
import dev.freshet.refresh.capture.CaptureOutcome;
import dev.freshet.refresh.capture.CaptureSettings;
import dev.freshet.refresh.capture.ChangeBuffers;
import dev.freshet.refresh.capture.PendingChanges;
import dev.freshet.refresh.capture.Reader;
import dev.freshet.refresh.maintain.DeltaStatement;
import dev.freshet.refresh.maintain.Maintainability;
import dev.freshet.refresh.maintain.MaintenancePlan;
import dev.freshet.refresh.maintain.Planner;
import dev.freshet.refresh.maintain.SourceChanges;
import dev.freshet.refresh.maintain.SourceUse;
import dev.freshet.refresh.worker.WorkerSessions;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A stream table that the benchmark maintains by the statements of its plan, without the service.
 */
final class BenchStreamTable {

  private final Session session;
  private final String name;
  private final long pgtId;
  private final MaintenancePlan plan;

  private BenchStreamTable(Session session, String name, long pgtId, MaintenancePlan plan) {
    this.session = session;
    this.name = BenchTables.SCHEMA + "." + name;
    this.pgtId = pgtId;
    this.plan = plan;
  }

  static BenchStreamTable create(Session session, Planner planner, String name, String query) {
    session.query("SELECT freshet.allow_writes()");
    session.execute(
        "SELECT freshet.create_stream_table($1, $2, schedule => '1d')",
        BenchTables.SCHEMA + "." + name,
        query);
    long pgtId = idOf(session, name);
    MaintenancePlan plan = planner.plan(session, pgtId).orElseThrow();
    if (plan.maintainability() instanceof Maintainability.FullOnly reason) {
      throw new IllegalStateException(
          "the benchmark's %s has no delta: %s".formatted(name, reason));
    }
    for (SourceUse source : plan.sources()) {
      CaptureOutcome outcome =
          new CaptureInstaller(CaptureSettings.defaults())
              .ensure(session, source.relid(), source.attnums());
      if (outcome instanceof CaptureOutcome.NotPossible refused) {
        throw new IllegalStateException("the benchmark cannot capture: " + refused.sentence());
      }
    }
    BenchStreamTable table = new BenchStreamTable(session, name, pgtId, plan);
    session.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
    plan.setUp().forEach(session::query);
    plan.populate().forEach(session::query);
    table.moveFrontier();
    session.query("COMMIT");
    session.query("VACUUM ANALYZE " + BenchTables.SCHEMA + "." + name);
    return table;
  }

  private static long idOf(Session session, String name) {
    return session
        .execute(
            "SELECT pgt_id FROM freshet.definition WHERE pgt_schema = $1 AND pgt_name = $2",
            BenchTables.SCHEMA,
            name)
        .iterator()
        .next()
        .getLong(0);
  }

  private void moveFrontier() {
    session.query(
        """
        UPDATE freshet.frontier SET as_of = pg_current_snapshot(), own_xid = pg_current_xact_id()
        WHERE pgt_id = %d\
        """
            .formatted(pgtId));
  }

  /** Applies what has changed, in the transaction that is open. */
  void applyDelta() {
    Row frontier =
        session
            .query(
                "SELECT as_of::text, own_xid::text FROM freshet.frontier WHERE pgt_id = " + pgtId)
            .iterator()
            .next();
    List<Reader> readers = new ArrayList<>();
    plan.sources()
        .forEach(source ->
            readers.add(new Reader(source.relid(), frontier.getString(0), frontier.getString(1))));
    Map<Long, SourceChanges> changed = new HashMap<>();
    boolean deletions = false;
    long rows = 0;
    for (PendingChanges pending : ChangeBuffers.pending(session, readers)) {
      SourceUse source = plan.sources().get(pending.reader());
      deletions |= pending.deletions();
      rows += pending.changes();
      changed.put(
          source.relid(),
          new SourceChanges(
              ChangeBuffers.of(session, source.relid(), source.attnums()).stream()
                  .map(buffer -> new RelationName(buffer.schema(), buffer.name()))
                  .toList(),
              pending.changes()));
    }
    WorkerSessions.planFor(session, rows).ifPresent(Session::join);
    for (DeltaStatement statement : plan.differential(changed, !deletions)) {
      if (statement.readsFrontier()) {
        session.execute(statement.sql(), frontier.getString(0), frontier.getString(1));
      } else {
        session.execute(statement.sql());
      }
    }
  }

  /**
   * Computes the query and applies the difference, in the transaction that is open; as with
   * refresh_mode FULL, which keeps no inner relations.
   */
  void applyFull() {
    plan.withoutDifferences().recompute().forEach(session::query);
  }

  /** Applies what has changed for good, and empties the buffers, as a service does. */
  void refresh() {
    session.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
    applyDelta();
    moveFrontier();
    session.query("COMMIT");
    BufferDisposal disposal = new BufferDisposal(CaptureSettings.defaults());
    // The first rotates the buffers, the second empties what nobody writes to any more.
    disposal.disposeAll(session);
    disposal.disposeAll(session);
  }

  /** Fails unless the stream table equals its query. */
  void requireExact() {
    Row row = session.query(plan.verify()).iterator().next();
    if (row.getLong(0) != 0 || row.getLong(1) != 0) {
      throw new IllegalStateException(
          "the benchmark's stream table is wrong: %d missing, %d unexpected; %s"
              .formatted(row.getLong(0), row.getLong(1), difference()));
    }
  }

  private String difference() {
    return session
        .query(
            """
            SELECT 'missing ' || (SELECT string_agg(m::text, ' ') FROM (TABLE freshet_def.st_%1$d EXCEPT ALL TABLE %2$s) m)
                || ', unexpected ' || (SELECT string_agg(u::text, ' ') FROM (TABLE %2$s EXCEPT ALL TABLE freshet_def.st_%1$d) u)\
            """
                .formatted(pgtId, name))
        .iterator()
        .next()
        .getString(0);
  }

  void drop(String name) {
    session.execute("SELECT freshet.drop_stream_table($1)", BenchTables.SCHEMA + "." + name);
  }
}
