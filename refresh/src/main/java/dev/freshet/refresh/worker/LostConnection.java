package dev.freshet.refresh.worker;

import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.catalog.database.ErrorCategory;
import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.event.refresh.MemberOutcome;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What came of a refresh whose connection went away.
 *
 * <p>The story. The COMMIT was sent and the connection broke: it may have been done or not.
 * PostgreSQL remembers; but a backend that does not know yet that its client is gone may still be
 * at it, so that one is ended first. A transaction that was not committed is a failure of the
 * member at which it stood; nothing of it remains.
 */
final class LostConnection {

  /** Others may have refreshed it since, but not often. */
  private static final String IN_LOG =
      """
      SELECT EXISTS (
          SELECT FROM (SELECT h.tick_id, h.worker, h.status FROM freshet.refresh_history AS h
                       WHERE h.pgt_id = $1 ORDER BY h.refresh_id DESC LIMIT 100) AS last
          WHERE last.tick_id = $2 AND last.worker = $3 AND last.status = 'COMPLETED')\
      """;

  /** A successor may have said so already. */
  private static final String RECORDED =
      """
      SELECT EXISTS (
          SELECT FROM (SELECT h.tick_id, h.status FROM freshet.refresh_history AS h
                       WHERE h.pgt_id = $1 ORDER BY h.refresh_id DESC LIMIT 100) AS last
          WHERE last.tick_id = $2 AND last.status = 'ERROR')\
      """;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long PAUSE_MS = 200;

  private final WorkerSessions sessions;
  private final WorkerSettings settings;
  private final Run run;

  LostConnection(WorkerSessions sessions, WorkerSettings settings, Run run) {
    this.sessions = sessions;
    this.settings = settings;
    this.run = run;
  }

  Map<Long, MemberOutcome> outcomes(
      Session lost, ComponentRefresh refresh, List<Member> members, DatabaseException failed) {
    // If only the client believes that it is lost, its transaction must not stand in the way of
    // what follows.
    lost.close();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return outcomesBy(lost, refresh, members, failed);
      } catch (DatabaseException away) {
        // A server that starts anew is back in seconds, and then it can be told what failed.
        if (away.category() != ErrorCategory.CONNECTION || System.nanoTime() > deadline) {
          throw away;
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw DatabaseException.of(interrupted);
    }
  }

  private Map<Long, MemberOutcome> outcomesBy(
      Session lost, ComponentRefresh refresh, List<Member> members, DatabaseException failed) {
    Session session = sessions.take();
    try {
      end(session, lost);
      if (isCommitted(session, refresh)) {
        return committed(refresh, members);
      }
      Map<Long, MemberOutcome> outcomes = Worker.postponed(members, "the connection was lost");
      refresh
          .current()
          .or(() -> members.stream().findFirst())
          .filter(member -> !isTrue(session, RECORDED, member.pgtId(), run.tickId()))
          .ifPresent(member ->
              outcomes.put(
                  member.pgtId(),
                  new FailureLog(settings, run)
                      .recordFenced(
                          session,
                          member,
                          refresh.started().orElseGet(() -> OffsetDateTime.now(ZoneOffset.UTC)),
                          FailureLog.Cause.of(failed))));
      return outcomes;
    } finally {
      sessions.giveBack(session);
    }
  }

  private static void end(Session session, Session lost) {
    session.execute(
        """
        SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
        WHERE pid = $1 AND usename = session_user AND application_name LIKE 'freshet worker%'\
        """,
        lost.processId());
  }

  private boolean isCommitted(Session session, ComponentRefresh refresh) {
    if (refresh.committing().isEmpty()) {
      return false;
    }
    return switch (refresh.committing().get()) {
      case Commit.OfTransaction(String xid) ->
          isTrue(session, "SELECT pg_xact_status($1::text::xid8) = 'committed'", xid);
      case Commit.OfRefresh(long pgtId) ->
          isTrue(session, IN_LOG, pgtId, run.tickId(), run.worker());
    };
  }

  private static boolean isTrue(Session session, String question, Object... parameters) {
    return Boolean.TRUE.equals(
        session.execute(question, parameters).iterator().next().getBoolean(0));
  }

  private static Map<Long, MemberOutcome> committed(
      ComponentRefresh refresh, List<Member> members) {
    Map<Long, MemberOutcome> outcomes = refresh.outcomes();
    // The sole member's COMMIT travels with its statements, so that nothing was noted of it.
    members.forEach(member ->
        outcomes.putIfAbsent(member.pgtId(), new MemberOutcome.Refreshed(member.pgtId())));
    return outcomes;
  }
}
