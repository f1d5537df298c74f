package dev.freshet.refresh.channel;

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
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Set;
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

  private final RefreshService service;
  private final MutinyEmitter<WorkOutcome> outcomes;

  WorkChannels(
      Database database,
      RefreshConfiguration configuration,
      @Channel("refresh-outcomes") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 256)
          MutinyEmitter<WorkOutcome> outcomes) {
    this.outcomes = outcomes;
    this.service =
        new RefreshService(
            database,
            WorkerSettings.of(configuration),
            CaptureSettings.of(configuration),
            "worker-" + ProcessHandle.current().pid());
  }

  @Incoming("refresh-requests-in")
  void onRequest(WorkRequested work) {
    Thread.ofVirtual().name("freshet-work").start(() -> outcomes.sendAndForget(outcomeOf(work)));
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

  @PreDestroy
  void close() {
    service.close();
  }
}
