package dev.freshet.scheduler.lead;

import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.freshness.FreshnessCycles;
import dev.freshet.catalog.graph.Staleness;
import dev.freshet.scheduler.SchedulerConfiguration;
import dev.freshet.scheduler.dispatch.PoolState;
import dev.freshet.scheduler.dispatch.RefreshChannels;
import dev.freshet.scheduler.tick.SchedulerSettings;
import dev.freshet.scheduler.tick.Ticker;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;

/**
 * The scheduler of this service. It begins when the application has started, with the database
 * installed.
 */
@ApplicationScoped
public class SchedulerService {

  private final Leadership leadership;
  private final Ticker ticker;

  SchedulerService(
      Database database,
      Staleness staleness,
      RefreshChannels channels,
      FreshnessCycles cycles,
      SchedulerConfiguration configuration) {
    ticker =
        new Ticker(
            staleness, channels, Clock.systemUTC(), cycles, SchedulerSettings.of(configuration));
    channels.listen(ticker::ended);
    leadership = new Leadership(database, ticker);
  }

  void onStart(@Observes StartupEvent event) {
    leadership.start();
  }

  /** Whether this instance is the one that serves. */
  public boolean isLeading() {
    return leadership.isLeading();
  }

  /** The pool of workers, as this instance sees it when it leads. */
  public PoolState pool() {
    return isLeading() ? ticker.pool() : PoolState.UNUSED;
  }

  /** Whether this instance leads, or waits to. */
  public boolean isAlive() {
    return leadership.isAlive();
  }

  /** First of all parts, so that no work is begun while they end. */
  void onStop(@Observes ShutdownEvent event) {
    leadership.stop();
  }
}
