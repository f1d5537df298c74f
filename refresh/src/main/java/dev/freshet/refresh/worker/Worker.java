package dev.freshet.refresh.worker;

import dev.freshet.catalog.cost.RefreshCosts;
import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.catalog.database.ErrorCategory;
import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.event.refresh.ComponentRefreshed;
import dev.freshet.catalog.event.refresh.MemberOutcome;
import dev.freshet.catalog.event.scheduler.RefreshRequested;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Runs requested refreshes, each to an outcome, whatever happens.
 *
 * <p>What somebody else's transaction caused is tried again at a new snapshot, a few times; what a
 * command or a watcher cancelled is left to the next tick; everything else is a failure, and is in
 * the log.
 */
public final class Worker {

  private static final Logger LOG = Logger.getLogger(Worker.class);
  private static final int ATTEMPTS_MAX = 5;

  private final WorkerSessions sessions;
  private final MaintainedTables plans;
  private final WorkerSettings settings;
  private final RefreshCosts costs;

  public Worker(
      WorkerSessions sessions,
      MaintainedTables plans,
      WorkerSettings settings,
      RefreshCosts costs) {
    this.sessions = sessions;
    this.plans = plans;
    this.settings = settings;
    this.costs = costs;
  }

  /** Refreshes the members; blocks until it is done. */
  public ComponentRefreshed run(RefreshRequested request) {
    List<Member> members = request.members().stream().map(Member::of).toList();
    Map<Long, MemberOutcome> outcomes;
    try {
      outcomes = attempts(request.tickId(), members);
    } catch (DatabaseException failed) {
      // Not even the failure could be recorded: the database is away.
      LOG.warnf("a refresh could not be run: %s", failed.getMessage());
      outcomes = postponed(members, String.valueOf(failed.getMessage()));
    }
    return new ComponentRefreshed(request.tickId(), List.copyOf(outcomes.values()));
  }

  private Map<Long, MemberOutcome> attempts(long tickId, List<Member> members) {
    Session session = sessions.take();
    boolean orderly = false;
    try {
      Run run = new Run(tickId, sessions.nameOf(session));
      Map<Long, MemberOutcome> outcomes = attempts(session, run, members);
      orderly = session.isOpen();
      return outcomes;
    } finally {
      if (orderly) {
        // Travels with whatever the session is used for next.
        session.send("SELECT pg_advisory_unlock_all()");
        sessions.giveBack(session);
      } else {
        session.close();
      }
    }
  }

  private Map<Long, MemberOutcome> attempts(Session session, Run run, List<Member> members) {
    String cause = "";
    Map<Long, GivenUp> whole = new HashMap<>();
    Set<Long> stale = Set.of();
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      ComponentRefresh refresh =
          new ComponentRefresh(session, plans, settings, run, members, whole, costs);
      long begun = System.nanoTime();
      try {
        new PlanLoading(session, plans).load(stale);
        stale = Set.of();
        refresh.run(TransactionEnd.COMMIT);
        analyze(session, refresh);
        return refresh.outcomes();
      } catch (StalePlan missing) {
        session.query("ROLLBACK");
        stale = missing.pgtIds();
      } catch (DatabaseException failed) {
        FailureLog.Cause why = FailureLog.Cause.of(failed);
        if (failed.category() != ErrorCategory.CONNECTION) {
          session.query("ROLLBACK");
          if (giveUp(refresh, failed, whole)) {
            unlock(session);
            continue;
          }
        }
        switch (failed.category()) {
          case CONTENTION -> {
            cause = String.valueOf(failed.getMessage());
            unlock(session);
          }
          case CANCELLED -> {
            return isTimeout(begun)
                ? failed(session, run, refresh, members, why)
                : postponed(members, "it was cancelled");
          }
          case CONNECTION -> {
            return new LostConnection(sessions, settings, run)
                .outcomes(session, refresh, members, failed);
          }
          case STATEMENT, RESOURCES -> {
            return failed(session, run, refresh, members, why);
          }
        }
      } catch (RuntimeException defect) {
        LOG.errorf(defect, "a refresh of %s broke", members);
        session.query("ROLLBACK");
        return failed(session, run, refresh, members, FailureLog.Cause.of(defect));
      }
    }
    return postponed(members, cause);
  }

  /** Whether it was for being by differences that it failed; then it is done whole. */
  private static boolean giveUp(
      ComponentRefresh refresh, DatabaseException failed, Map<Long, GivenUp> whole) {
    Optional<RunningDelta> delta = refresh.delta();
    Optional<GivenUp> givenUp = delta.flatMap(running -> running.givenUp(failed));
    if (givenUp.isEmpty() || whole.containsKey(delta.orElseThrow().pgtId())) {
      return false;
    }
    long pgtId = delta.orElseThrow().pgtId();
    whole.put(pgtId, givenUp.get());
    LOG.infof(
        "stream table %d is computed whole, %s: %s",
        pgtId, givenUp.get().reason(), failed.getMessage());
    return true;
  }

  /** Locks are counted: before another attempt takes them again, those of the last one go. */
  private static void unlock(Session session) {
    session.execute("SELECT pg_advisory_unlock_all()");
  }

  private boolean isTimeout(long begun) {
    Duration timeout = settings.timeout();
    return !timeout.isZero() && Duration.ofNanos(System.nanoTime() - begun).compareTo(timeout) >= 0;
  }

  private Map<Long, MemberOutcome> failed(
      Session session,
      Run run,
      ComponentRefresh refresh,
      List<Member> members,
      FailureLog.Cause why) {
    Map<Long, MemberOutcome> outcomes = postponed(members, "another member failed");
    List<Member> blamed =
        refresh
            .current()
            .map(List::of)
            .orElseGet(() -> new Culprits(session, plans).among(members));
    OffsetDateTime started = refresh.started().orElseGet(() -> OffsetDateTime.now(ZoneOffset.UTC));
    for (Member member : blamed) {
      outcomes.put(
          member.pgtId(),
          new FailureLog(settings, run).recordFenced(session, member, started, why));
    }
    return outcomes;
  }

  /** The outcome of a request that could not be run at all. */
  public static ComponentRefreshed postpone(RefreshRequested request, String cause) {
    List<Member> members = request.members().stream().map(Member::of).toList();
    return new ComponentRefreshed(
        request.tickId(), List.copyOf(postponed(members, cause).values()));
  }

  static Map<Long, MemberOutcome> postponed(List<Member> members, String cause) {
    Map<Long, MemberOutcome> outcomes = new LinkedHashMap<>();
    members.forEach(
        member -> outcomes.put(member.pgtId(), new MemberOutcome.Postponed(member.pgtId(), cause)));
    return outcomes;
  }

  private void analyze(Session session, ComponentRefresh refresh) {
    for (long pgtId : refresh.initialized()) {
      Optional<MaintainedTable> table = plans.find(pgtId);
      if (table.isPresent()) {
        new Statistics(session).gather(table.get());
      }
    }
  }
}
