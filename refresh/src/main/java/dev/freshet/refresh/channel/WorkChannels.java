package dev.freshet.refresh.channel;

import dev.freshet.catalog.chore.Chore;
import dev.freshet.catalog.cost.RefreshCosts;
import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.event.refresh.HousekeepingDone;
import dev.freshet.catalog.event.refresh.Prepared;
import dev.freshet.catalog.event.refresh.WorkOutcome;
import dev.freshet.catalog.event.scheduler.HousekeepingRequested;
import dev.freshet.catalog.event.scheduler.PreparationRequested;
import dev.freshet.catalog.event.scheduler.RefreshRequested;
import dev.freshet.catalog.event.scheduler.WorkRequested;
import dev.freshet.catalog.graph.Staleness;
import dev.freshet.refresh.RefreshConfiguration;
import dev.freshet.refresh.capture.CaptureSettings;
import dev.freshet.refresh.worker.Worker;
import dev.freshet.refresh.worker.WorkerSettings;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/**
 * The refresh module's end of the bus: work comes in on {@code refresh-requests-in}, outcomes go
 * out on {@code refresh-outcomes}. Each piece of work has a virtual thread; how many run at the
 * same time is the scheduler's affair.
 */
@ApplicationScoped
class WorkChannels implements Staleness {

  private static final Logger LOG = Logger.getLogger(WorkChannels.class);

  private static final Duration STOP_WAIT = Duration.ofSeconds(3);

  private final RefreshService service;
  private final MutinyEmitter<WorkOutcome> outcomes;
  private final Set<Thread> working = ConcurrentHashMap.newKeySet();

  WorkChannels(
      Database database,
      RefreshConfiguration configuration,
      RefreshCosts costs,
      @Any Instance<Chore> chores,
      @Channel("refresh-outcomes") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 256)
          MutinyEmitter<WorkOutcome> outcomes) {
    this.outcomes = outcomes;
    this.service =
        new RefreshService(
            database,
            WorkerSettings.of(configuration),
            CaptureSettings.of(configuration),
            new Surroundings(costs, chores.stream().toList()),
            "worker-" + ProcessHandle.current().pid());
  }

  @Incoming("refresh-requests-in")
  void onRequest(WorkRequested work) {
    Thread thread = Thread.ofVirtual().name("freshet-work").unstarted(() -> run(work));
    working.add(thread);
    thread.start();
  }

  private void run(WorkRequested work) {
    try {
      outcomes.sendAndForget(outcomeOf(work));
    } finally {
      working.remove(Thread.currentThread());
    }
  }

  private WorkOutcome outcomeOf(WorkRequested work) {
    try {
      return service.run(work);
    } catch (RuntimeException broken) {
      // A bug of ours ends this piece of work, not the service; what was not committed is tried
      // again.
      LOG.errorf(broken, "%s broke", work);
      return brokenOff(work);
    }
  }

  private static WorkOutcome brokenOff(WorkRequested work) {
    return switch (work) {
      case RefreshRequested refresh -> Worker.postpone(refresh, "it broke off");
      case PreparationRequested(long pgtId, _) -> new Prepared(pgtId);
      case HousekeepingRequested(long tickId) -> new HousekeepingDone(tickId);
    };
  }

  @Override
  public Set<Long> among(Collection<Long> pgtIds) {
    return service.among(pgtIds);
  }

  /**
   * After the scheduler, which sends no more work, and before the bus and the connections are taken
   * away: what is being refreshed may end, and what takes longer is rolled back.
   */
  void onStop(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) ShutdownEvent event)
      throws InterruptedException {
    awaitWork();
    service.close();
    awaitWork();
  }

  private void awaitWork() throws InterruptedException {
    long deadline = System.nanoTime() + STOP_WAIT.toNanos();
    for (Thread thread : working) {
      thread.join(Duration.ofNanos(deadline - System.nanoTime()));
    }
  }
}
