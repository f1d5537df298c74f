package dev.freshet.app.metrics;

import dev.freshet.app.wiring.ServiceConfiguration;
import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.database.SqlFile;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import io.vertx.sqlclient.Row;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Figures of the stream tables and the change buffers, read at an interval.
 *
 * <p>The lag is kept as the moment since which it grows, and so goes on growing while the database
 * cannot be asked.
 */
@ApplicationScoped
class CatalogMetrics {

  private static final Logger LOG = Logger.getLogger(CatalogMetrics.class);
  private static final String STREAM_TABLES =
      SqlFile.read(CatalogMetrics.class, "stream-tables.sql");
  private static final String BUFFERS = SqlFile.read(CatalogMetrics.class, "buffers.sql");
  private static final String SUBSCRIBERS = SqlFile.read(CatalogMetrics.class, "subscribers.sql");
  private static final double MILLIS = 1000;

  private final Database database;
  private final ServiceConfiguration configuration;
  private final MultiGauge lags;
  private final MultiGauge errors;
  private final MultiGauge objectives;
  private final MultiGauge budgets;
  private final MultiGauge burnRates;
  private final MultiGauge buffers;
  private final MultiGauge subscribersBehind;
  private final MultiGauge subscribersRetained;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile boolean reached;

  CatalogMetrics(Database database, ServiceConfiguration configuration, MeterRegistry registry) {
    this.database = database;
    this.configuration = configuration;
    lags =
        MultiGauge.builder("freshet.stream.table.lag")
            .description("Seconds since the stream table was refreshed, or found to be fresh.")
            .baseUnit("seconds")
            .register(registry);
    errors =
        MultiGauge.builder("freshet.stream.table.errors")
            .description("Errors in a row of the stream table's refreshes.")
            .register(registry);
    objectives =
        MultiGauge.builder("freshet.stream.table.sla.met")
            .description("Of the time, lately about a day, the share within the SLA.")
            .baseUnit("ratio")
            .register(registry);
    budgets =
        MultiGauge.builder("freshet.stream.table.sla.error.budget")
            .description("Of the time in which it may be older than its SLA, the share left.")
            .baseUnit("ratio")
            .register(registry);
    burnRates =
        MultiGauge.builder("freshet.stream.table.sla.burn.rate")
            .description("How many times faster than it lasts for that was spent in an hour.")
            .register(registry);
    buffers =
        MultiGauge.builder("freshet.buffer")
            .description("Size of the change buffers of the source.")
            .baseUnit("bytes")
            .register(registry);
    subscribersBehind =
        MultiGauge.builder("freshet.subscriber.lag")
            .description("How much of PostgreSQL's log the subscriber has not confirmed.")
            .baseUnit("bytes")
            .register(registry);
    subscribersRetained =
        MultiGauge.builder("freshet.subscriber.retained")
            .description("How much of PostgreSQL's log is kept for the subscriber.")
            .baseUnit("bytes")
            .register(registry);
    Gauge.builder("freshet.database.up", () -> reached ? 1 : 0)
        .description("1 if the database answered when it was last asked.")
        .register(registry);
  }

  void onStart(@Observes StartupEvent event) {
    Thread.ofVirtual().name("freshet-metrics").start(this::run);
  }

  private void run() {
    try {
      do {
        try {
          database.with("metrics", this::update);
          reached = true;
        } catch (DatabaseException failed) {
          reached = false;
          LOG.debugf("no figures for the metrics: %s", failed.getMessage());
        }
      } while (!stopping.await(configuration.metricsInterval().toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private Session update(Session session) {
    List<MultiGauge.Row<?>> lag = new ArrayList<>();
    List<MultiGauge.Row<?>> failing = new ArrayList<>();
    List<MultiGauge.Row<?>> met = new ArrayList<>();
    List<MultiGauge.Row<?>> left = new ArrayList<>();
    List<MultiGauge.Row<?>> burnt = new ArrayList<>();
    for (Row row : session.execute(STREAM_TABLES, configuration.metricsSeriesMax())) {
      Tags name = Tags.of("stream_table", row.getString("name"));
      OffsetDateTime since = row.getOffsetDateTime("looked_at");
      if (since != null) {
        lag.add(MultiGauge.Row.of(name, since.toInstant(), CatalogMetrics::secondsSince));
      }
      Double ratio = row.getDouble("met_ratio");
      if (ratio != null) {
        met.add(MultiGauge.Row.of(name, ratio));
        left.add(MultiGauge.Row.of(name, row.getDouble("budget_left")));
        burnt.add(MultiGauge.Row.of(name, row.getDouble("burn_rate")));
      }
      failing.add(MultiGauge.Row.of(name, row.getInteger("consecutive_errors")));
    }
    List<MultiGauge.Row<?>> sizes = new ArrayList<>();
    for (Row row : session.execute(BUFFERS, configuration.metricsSeriesMax())) {
      sizes.add(
          MultiGauge.Row.of(Tags.of("source", row.getString("source")), row.getLong("bytes")));
    }
    updateSubscribers(session);
    lags.register(lag, true);
    errors.register(failing, true);
    objectives.register(met, true);
    budgets.register(left, true);
    burnRates.register(burnt, true);
    buffers.register(sizes, true);
    return session;
  }

  private void updateSubscribers(Session session) {
    List<MultiGauge.Row<?>> behind = new ArrayList<>();
    List<MultiGauge.Row<?>> retained = new ArrayList<>();
    for (Row row : session.execute(SUBSCRIBERS, configuration.metricsSeriesMax())) {
      Tags slot = Tags.of("slot", row.getString("slot_name"));
      behind.add(MultiGauge.Row.of(slot, row.getLong("bytes_behind")));
      retained.add(MultiGauge.Row.of(slot, row.getLong("bytes_retained")));
    }
    subscribersBehind.register(behind, true);
    subscribersRetained.register(retained, true);
  }

  private static double secondsSince(Instant moment) {
    return Math.max(0, Duration.between(moment, Instant.now()).toMillis() / MILLIS);
  }

  @PreDestroy
  void stop() {
    stopping.countDown();
  }
}
