package dev.freshet.refresh.channel;

import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.event.refresh.WorkOutcome;
import dev.freshet.catalog.event.scheduler.HousekeepingRequested;
import dev.freshet.catalog.event.scheduler.PreparationRequested;
import dev.freshet.catalog.event.scheduler.RefreshRequested;
import dev.freshet.catalog.event.scheduler.WorkRequested;
import dev.freshet.catalog.graph.Staleness;
import dev.freshet.refresh.capture.BufferDisposal;
import dev.freshet.refresh.capture.CaptureInstaller;
import dev.freshet.refresh.capture.CaptureRemoval;
import dev.freshet.refresh.capture.CaptureSettings;
import dev.freshet.refresh.maintain.Planner;
import dev.freshet.refresh.parse.SqlParser;
import dev.freshet.refresh.prepare.Preparer;
import dev.freshet.refresh.worker.FailedPreparation;
import dev.freshet.refresh.worker.Housekeeping;
import dev.freshet.refresh.worker.LockWatch;
import dev.freshet.refresh.worker.MaintainedTables;
import dev.freshet.refresh.worker.QueryAnalysis;
import dev.freshet.refresh.worker.ServiceRequests;
import dev.freshet.refresh.worker.StalenessQuery;
import dev.freshet.refresh.worker.VerifyStreamTable;
import dev.freshet.refresh.worker.Worker;
import dev.freshet.refresh.worker.WorkerSessions;
import dev.freshet.refresh.worker.WorkerSettings;
import java.util.Collection;
import java.util.Set;

/** All of this module's work for one database, whoever asks for it. */
public final class RefreshService implements Staleness, AutoCloseable {

  private final WorkerSessions sessions;
  private final LockWatch lockWatch;
  private final Worker worker;
  private final Preparer preparer;
  private final Housekeeping housekeeping;
  private final StalenessQuery staleness;

  /**
   * @param surroundings what the other modules contribute
   * @param name of this service among those that work for the database
   */
  public RefreshService(
      Database database,
      WorkerSettings settings,
      CaptureSettings captureSettings,
      Surroundings surroundings,
      String name) {
    SqlParser parser = new SqlParser();
    // Its first call takes most of a second, which a successor should not lose when it takes over.
    Thread.ofPlatform().daemon().name("freshet-grammar").start(() -> parser.parse("SELECT 1"));
    Planner planner = new Planner(parser);
    MaintainedTables plans = new MaintainedTables(planner);
    sessions = new WorkerSessions(database, settings, name);
    lockWatch = new LockWatch(database);
    worker = new Worker(sessions, plans, settings, surroundings.costs());
    preparer =
        new Preparer(
            database,
            planner,
            new CaptureInstaller(captureSettings),
            new FailedPreparation(settings, name));
    housekeeping =
        new Housekeeping(
            database,
            new ServiceRequests(
                sessions,
                new VerifyStreamTable(sessions, plans, settings, surroundings.costs()),
                new QueryAnalysis(sessions, planner)),
            new BufferDisposal(captureSettings),
            new CaptureRemoval(captureSettings),
            settings,
            surroundings.chores());
    staleness = new StalenessQuery(sessions);
  }

  /** Does what is asked for; blocks until it is done. */
  public WorkOutcome run(WorkRequested work) {
    return switch (work) {
      case RefreshRequested refresh -> {
        try (LockWatch.Watched _ = lockWatch.begin()) {
          yield worker.run(refresh);
        }
      }
      case PreparationRequested preparation -> preparer.run(preparation);
      case HousekeepingRequested round -> housekeeping.run(round);
    };
  }

  @Override
  public Set<Long> among(Collection<Long> pgtIds) {
    return staleness.among(pgtIds);
  }

  @Override
  public void close() {
    lockWatch.close();
    sessions.close();
  }
}
