package dev.freshet.app.docs;

import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.database.DatabaseUrl;
import dev.freshet.catalog.event.scheduler.WorkRequested;
import dev.freshet.refresh.capture.CaptureSettings;
import dev.freshet.refresh.channel.RefreshService;
import dev.freshet.refresh.worker.WorkerSettings;
import dev.freshet.scheduler.lead.Leadership;
import dev.freshet.scheduler.tick.SchedulerSettings;
import dev.freshet.scheduler.tick.Ticker;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;

/** The scheduler and the worker on a database, without the bus between them. */
final class RunningService implements AutoCloseable {

  private static final SchedulerSettings SETTINGS =
      new SchedulerSettings(true, Duration.ofMillis(50), Duration.ofSeconds(1), ZoneOffset.UTC, 1);

  private final Vertx vertx = Vertx.vertx();
  private final RefreshService refreshes;
  private final Ticker ticker;
  private final Leadership leadership;

  RunningService(DatabaseUrl url) {
    Database database = new Database(vertx, url);
    refreshes =
        new RefreshService(database, WorkerSettings.defaults(), CaptureSettings.defaults(), "docs");
    ticker = new Ticker(refreshes, this::send, Clock.systemUTC(), SETTINGS);
    leadership = new Leadership(database, ticker);
    leadership.start();
  }

  private void send(WorkRequested work) {
    Thread.ofVirtual().start(() -> ticker.ended(refreshes.run(work)));
  }

  @Override
  public void close() {
    leadership.stop();
    refreshes.close();
    vertx.close();
  }
}
