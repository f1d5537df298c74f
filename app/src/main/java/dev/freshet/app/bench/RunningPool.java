package dev.freshet.app.bench;

import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.event.refresh.ComponentRefreshed;
import dev.freshet.catalog.event.refresh.MemberOutcome;
import dev.freshet.catalog.event.refresh.WorkOutcome;
import dev.freshet.catalog.event.scheduler.WorkRequested;
import dev.freshet.catalog.freshness.FreshnessCycles;
import dev.freshet.refresh.channel.RefreshService;
import dev.freshet.scheduler.tick.SchedulerSettings;
import dev.freshet.scheduler.tick.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The service's own scheduler and workers, which refresh what the benchmark requests. */
final class RunningPool implements AutoCloseable {

  private static final long PATIENCE_MINUTES = 10;
  private static final Duration TICK_INTERVAL = Duration.ofMillis(100);
  private static final String REQUEST =
      "SELECT count(freshet.request_refresh(n)) FROM unnest($1::text[]) AS n";

  private final RefreshService service;
  private final Ticker ticker;
  private final Thread thread;
  private final Set<Long> awaited = ConcurrentHashMap.newKeySet();
  private volatile CountDownLatch refreshed = new CountDownLatch(0);
  private volatile boolean closed;

  /**
   * @param workers how many refresh at the same time; 1 is one after another
   */
  RunningPool(Database database, int workers) {
    service = DrivenWorker.serviceOn(database);
    ticker =
        new Ticker(
            service,
            this::send,
            Clock.systemUTC(),
            FreshnessCycles.UNHEARD,
            new SchedulerSettings(
                true, TICK_INTERVAL, Duration.ofDays(1), ZoneOffset.UTC, workers));
    thread =
        Thread.ofVirtual()
            .name("freshet-bench-scheduler")
            .start(() -> database.with("bench scheduler", this::schedule));
  }

  private Session schedule(Session session) {
    try {
      ticker.run(session, () -> !closed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return session;
  }

  private void send(WorkRequested work) {
    Thread.ofVirtual()
        .name("freshet-bench-worker")
        .start(() -> {
          WorkOutcome outcome = service.run(work);
          if (outcome instanceof ComponentRefreshed(_, List<MemberOutcome> members)) {
            members.forEach(this::note);
          }
          ticker.ended(outcome);
        });
  }

  private void note(MemberOutcome member) {
    if (member instanceof MemberOutcome.Refreshed(long pgtId) && awaited.remove(pgtId)) {
      refreshed.countDown();
    }
  }

  /** From the commit of the requests to the commit of the last outcome. */
  Cost refresh(Session session, Collection<String> names, Collection<Long> pgtIds) {
    awaited.addAll(pgtIds);
    refreshed = new CountDownLatch(pgtIds.size());
    session.query("BEGIN");
    session.execute(REQUEST, (Object) names.toArray(String[]::new));
    session.query("COMMIT");
    return Cost.ofWall(this::awaitRefreshed);
  }

  private void awaitRefreshed() {
    try {
      if (!refreshed.await(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        throw new IllegalStateException(
            "the benchmark's stream tables were not refreshed: " + awaited);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the benchmark was interrupted", interrupted);
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    service.close();
  }
}
