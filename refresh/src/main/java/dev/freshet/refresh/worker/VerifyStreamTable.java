package dev.freshet.refresh.worker;

import dev.freshet.catalog.cost.RefreshCosts;
import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.event.refresh.MemberOutcome;
import dev.freshet.catalog.event.scheduler.InitiatedBy;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Refreshes a stream table with everything upstream of it, and compares it with its query in the
 * same transaction, which is the only place where both are of the same snapshot.
 */
public final class VerifyStreamTable {

  private static final int ATTEMPTS_MAX = 200;
  private static final long PAUSE_MS = 100;

  /** Upstream first: by the length of the longest way to it. */
  private static final String LINEAGE =
      """
      WITH RECURSIVE upstream AS (
          SELECT $1::bigint AS pgt_id, 0 AS distance
          UNION
          SELECT d.pgt_id, u.distance + 1
          FROM upstream u JOIN freshet.dependency e ON e.pgt_id = u.pgt_id JOIN freshet.definition d ON d.relid = e.source_relid
      )
      SELECT u.pgt_id, ARRAY(SELECT d.pgt_id FROM freshet.dependency e JOIN freshet.definition d ON d.relid = e.source_relid
                             WHERE e.pgt_id = u.pgt_id) AS upstreams
      FROM upstream u GROUP BY u.pgt_id ORDER BY max(u.distance) DESC, u.pgt_id\
      """;

  /** Of those: one that only a command sets going again, itself or an upstream. */
  private static final String STOPPED =
      """
      SELECT freshet.name_of(d.relid) || CASE WHEN c.status = 'SUSPENDED' THEN ' is suspended' ELSE ' has failed' END
             || coalesce(': ' || c.last_error, '') AS why
      FROM unnest($1::bigint[]) WITH ORDINALITY AS m (pgt_id, place)
      JOIN freshet.condition c USING (pgt_id) JOIN freshet.definition d USING (pgt_id)
      WHERE c.status = 'SUSPENDED' OR c.status = 'ERROR' AND c.retry_at IS NULL
      ORDER BY m.place LIMIT 1\
      """;

  /**
   * Waits in line for what refreshes only try to lock: one that is refreshed all the time is never
   * found free. Held until the session gives up all its locks.
   */
  private static final String QUEUE =
      """
      SELECT pg_advisory_lock(1718775923, m.pgt_id::int) FROM (SELECT unnest($1::bigint[]) AS pgt_id ORDER BY 1) AS m\
      """;

  private static final String LAST_ERROR =
      "SELECT last_error FROM freshet.condition WHERE pgt_id = $1 AND last_error IS NOT NULL";

  private final WorkerSessions sessions;
  private final MaintainedTables plans;
  private final WorkerSettings settings;
  private final RefreshCosts costs;

  public VerifyStreamTable(
      WorkerSessions sessions,
      MaintainedTables plans,
      WorkerSettings settings,
      RefreshCosts costs) {
    this.sessions = sessions;
    this.plans = plans;
    this.settings = settings;
    this.costs = costs;
  }

  /** What came of a verification. */
  public sealed interface Verdict {
    /** How many rows are missing and how many are too many; 0, 0 is exact. */
    record Compared(long missing, long unexpected) implements Verdict {}

    /** It could not be compared. */
    record NotCompared(String code, String message, String hint) implements Verdict {}
  }

  /** Blocks until it is done. */
  public Verdict verify(long pgtId) throws InterruptedException {
    String cause = "";
    boolean queues = false;
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      Session session = sessions.take();
      try {
        return attempt(session, pgtId, queues);
      } catch (StalePlan stale) {
        session.query("ROLLBACK");
        new PlanLoading(session, plans).load(stale.pgtIds());
        String failure = lastError(session, pgtId);
        cause = failure.isEmpty() ? "it is being prepared" : "its preparation failed" + failure;
      } catch (Unready unready) {
        queues = true;
        cause = String.valueOf(unready.getMessage());
      } catch (DatabaseException failed) {
        switch (failed.category()) {
          case CONTENTION, CANCELLED -> cause = String.valueOf(failed.getMessage());
          case CONNECTION, RESOURCES, STATEMENT -> {
            return new Verdict.NotCompared(
                failed.sqlState().isEmpty() ? "08006" : failed.sqlState(),
                String.valueOf(failed.getMessage()),
                failed.hint().orElse(""));
          }
        }
      } finally {
        end(session);
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
    }
    return new Verdict.NotCompared(
        "55000", "the stream table could not be verified: " + cause, "Try again later.");
  }

  /** Not now. */
  private static final class Unready extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unready(String cause) {
      super(cause, null, false, false);
    }
  }

  private Verdict attempt(Session session, long pgtId, boolean queues) {
    List<Member> members = lineage(session, pgtId);
    Object numbers = members.stream().map(Member::pgtId).toArray(Long[]::new);
    for (Row stopped : session.execute(STOPPED, numbers)) {
      return notRefreshed(": " + stopped.getString("why"));
    }
    if (queues) {
      session.query("BEGIN; SET LOCAL lock_timeout = '2s'");
      session.execute(QUEUE, numbers);
      session.query("COMMIT");
    }
    ComponentRefresh refresh =
        new ComponentRefresh(
            session,
            plans,
            settings,
            new Run(0, sessions.nameOf(session)),
            members,
            Map.of(),
            costs);
    refresh.run(TransactionEnd.LEFT_TO_CALLER);
    MemberOutcome outcome = refresh.outcomes().get(pgtId);
    switch (outcome) {
      case MemberOutcome.Refreshed _, MemberOutcome.NothingToDo _ -> {}
      case MemberOutcome.Postponed(_, String cause) -> throw new Unready(cause);
      case MemberOutcome.Unprepared _ -> throw new Unready("it is being prepared");
      case MemberOutcome.Failed _ -> {
        session.query("COMMIT");
        return notRefreshed(lastError(session, pgtId));
      }
      case MemberOutcome.Skipped(_, String reason) -> {
        session.query("COMMIT");
        return notRefreshed(": it was skipped for " + reason);
      }
      case null -> throw new IllegalStateException("a refresh without an outcome");
    }
    MaintainedTable table = plans.find(pgtId).orElseThrow();
    session.execute("SELECT freshet.require_trusted_code($1::bigint::oid)", table.relid());
    new RecordedSettings(table.settings()).send(session);
    session.query("SET LOCAL plan_cache_mode = force_custom_plan");
    Row row = session.execute(table.plan().verify()).iterator().next();
    session.query("COMMIT");
    return new Verdict.Compared(row.getLong("missing"), row.getLong("unexpected"));
  }

  private static Verdict notRefreshed(String why) {
    return new Verdict.NotCompared(
        "55000",
        "the stream table could not be refreshed" + why,
        "freshet.pgt_refresh_history has all that was tried.");
  }

  private static String lastError(Session session, long pgtId) {
    for (Row row : session.execute(LAST_ERROR, pgtId)) {
      return ": " + row.getString("last_error");
    }
    return "";
  }

  private static List<Member> lineage(Session session, long pgtId) {
    List<Member> members = new ArrayList<>();
    for (Row row : session.execute(LINEAGE, pgtId)) {
      members.add(
          new Member(
              row.getLong("pgt_id"),
              row.getLong("pgt_id") == pgtId ? "manual" : "upstream",
              InitiatedBy.MANUAL,
              Arrays.asList(row.getArrayOfLongs("upstreams")),
              Optional.empty(),
              Optional.empty()));
    }
    return members;
  }

  private void end(Session session) {
    if (session.isOpen()) {
      session.query("ROLLBACK; SELECT pg_advisory_unlock_all()");
    }
    sessions.giveBack(session);
  }
}
