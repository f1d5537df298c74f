package dev.freshet.app.docs;

import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.database.DatabaseUrl;
import dev.freshet.catalog.event.scheduler.WorkRequested;
import dev.freshet.catalog.log.LogTail;
import dev.freshet.prediction.CostModels;
import dev.freshet.prediction.PredictionSettings;
import dev.freshet.refresh.capture.CaptureSettings;
import dev.freshet.refresh.channel.RefreshService;
import dev.freshet.refresh.channel.Surroundings;
import dev.freshet.refresh.worker.WorkerSettings;
import dev.freshet.scheduler.lead.Leadership;
import dev.freshet.scheduler.tick.SchedulerSettings;
import dev.freshet.scheduler.tick.Ticker;
import dev.freshet.sla.FreshnessObjectives;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

/** The scheduler and the worker on a database, without the bus between them. */
public final class RunningService implements AutoCloseable {

  private static final SchedulerSettings SETTINGS =
      new SchedulerSettings(true, Duration.ofMillis(50), Duration.ofSeconds(1), ZoneOffset.UTC, 1);

  private final Vertx vertx = Vertx.vertx();
  private final RefreshService refreshes;
  private final Ticker ticker;
  private final Leadership leadership;
  private final LogTail tail;

  public RunningService(DatabaseUrl url) {
    Database database = new Database(vertx, url, Database.newInstance());
    FreshnessObjectives objectives = new FreshnessObjectives(Clock.systemUTC());
    CostModels costs = new CostModels(Clock.systemUTC(), PredictionSettings.defaults(), 0.5);
    refreshes =
        new RefreshService(
            database,
            WorkerSettings.defaults(),
            CaptureSettings.defaults(),
            new Surroundings(costs, List.of(costs, objectives)),
            "docs");
    tail = LogTail.fromNow(database, page -> page.forEach(costs::observe), Duration.ofMillis(50));
    ticker = new Ticker(refreshes, this::send, Clock.systemUTC(), objectives, SETTINGS);
    leadership = new Leadership(database, ticker);
    leadership.start();
  }

  private void send(WorkRequested work) {
    Thread.ofVirtual().start(() -> ticker.ended(refreshes.run(work)));
  }

  @Override
  public void close() {
    leadership.stop();
    tail.close();
    refreshes.close();
    vertx.close();
  }
}
