package dev.freshet.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.app.testing.Eventually;
import dev.freshet.app.testing.ServingProcess;
import dev.freshet.app.testing.SharedService;
import dev.freshet.app.testing.Shop;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class MetricsIT {

  private static final String DIFFERENTIAL =
      "freshet_refreshes_total{mode=\"differential\",result=\"completed\"}";
  private static final String DURATIONS =
      "freshet_refresh_duration_seconds_count{mode=\"differential\"}";
  private static final String DURATION =
      "freshet_refresh_duration_seconds_sum{mode=\"differential\"}";

  private final ServingProcess service;
  private final Shop shop;

  MetricsIT(ServingProcess service, Shop shop) {
    this.service = service;
    this.shop = shop;
  }

  @Test
  void aRefreshIsCountedByModeAndResultWithItsTimeAndItsRows() throws Exception {
    shop.createStreamTable(
        "totals", "SELECT region, sum(amount) AS total FROM sales GROUP BY region");
    Scrape before = settled();

    shop.run(
        "INSERT INTO sales VALUES (4, 'SA', 1), (5, 'EU', 1)",
        "DELETE FROM sales WHERE region = 'US'",
        "CALL freshet.refresh_stream_table('totals')");

    // A scrape may come between two of the counters.
    Scrape after =
        Eventually.see(
            () -> Scrape.of(service),
            scrape ->
                scrape.growth(DIFFERENTIAL, before) > 0
                    && scrape.growth(DURATIONS, before) > 0
                    && scrape.growth("freshet_rows_total{op=\"delete\"}", before) > 0);
    assertThat(after.growth(DIFFERENTIAL, before)).isEqualTo(1);
    assertThat(after.growth(DURATIONS, before)).isEqualTo(1);
    assertThat(after.growth(DURATION, before)).isPositive();
    assertThat(after.growth("freshet_rows_total{op=\"insert\"}", before)).isEqualTo(1);
    assertThat(after.growth("freshet_rows_total{op=\"update\"}", before)).isEqualTo(1);
    assertThat(after.growth("freshet_rows_total{op=\"delete\"}", before)).isEqualTo(1);
  }

  @Test
  void aFailureIsCountedAndItsStreamTableShowsIt() throws Exception {
    shop.createStreamTable("shares", "SELECT id, 100 / amount AS share FROM sales");
    Scrape before = settled();
    String errors = "freshet_stream_table_errors" + label("stream_table", "shares");

    shop.run("INSERT INTO sales VALUES (4, 'US', 0)", "SELECT freshet.request_refresh('shares')");

    Eventually.see(() -> Scrape.of(service), scrape -> failures(scrape) > failures(before));
    Eventually.see(() -> Scrape.of(service), scrape -> scrape.value(errors) > 0);
  }

  @Test
  void everyStreamTableHasALagAndEverySourceABuffer() throws Exception {
    shop.createStreamTable("regions", "SELECT region FROM sales");
    String lag = "freshet_stream_table_lag_seconds" + label("stream_table", "regions");
    String buffer = "freshet_buffer_bytes" + label("source", "sales");

    Scrape first =
        Eventually.see(() -> Scrape.of(service), scrape -> scrape.has(lag) && scrape.has(buffer));
    assertThat(first.value(lag)).isBetween(0.0, 600.0);
    assertThat(first.value("freshet_database_up")).isEqualTo(1);
    Eventually.see(() -> Scrape.of(service), later -> later.value(lag) > first.value(lag));

    shop.run("INSERT INTO sales SELECT n, repeat('x', 100), 1 FROM generate_series(10, 5000) AS n");
    Eventually.see(() -> Scrape.of(service), later -> later.value(buffer) > first.value(buffer));

    shop.run("SELECT freshet.drop_stream_table('regions')");
    Eventually.see(() -> Scrape.of(service), later -> !later.has(lag));
  }

  @Test
  void everySubscriberHasALag() throws Exception {
    shop.createStreamTable("regions", "SELECT region FROM sales");
    String slot = "metrics_" + shop.name();
    String lag = "freshet_subscriber_lag_bytes{slot=\"%s\"}".formatted(slot);
    String retained = "freshet_subscriber_retained_bytes{slot=\"%s\"}".formatted(slot);
    shop.database()
        .admin()
        .run(
            "SELECT freshet.stream_table_to_publication('%s')".formatted(shop.qualified("regions")),
            "SELECT pg_create_logical_replication_slot('%s', 'pgoutput')".formatted(slot));
    try {
      Scrape scrape = Eventually.see(() -> Scrape.of(service), seen -> seen.has(lag));
      assertThat(scrape.value(retained)).isGreaterThanOrEqualTo(scrape.value(lag));
      shop.run("INSERT INTO sales SELECT n, 'EU', 1 FROM generate_series(10, 2000) AS n");
      Eventually.see(() -> Scrape.of(service), later -> later.value(lag) > scrape.value(lag));
    } finally {
      shop.database().admin().run("SELECT pg_drop_replication_slot('%s')".formatted(slot));
    }
    Eventually.see(() -> Scrape.of(service), later -> !later.has(lag));
    shop.run("SELECT freshet.drop_stream_table('regions')");
  }

  private static double failures(Scrape scrape) {
    return scrape.values().entrySet().stream()
        .filter(entry -> entry.getKey().matches("freshet_refreshes_total\\{.*result=\"failed\"}"))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  /** When all that the log tells has been counted. */
  private Scrape settled() throws Exception {
    return Eventually.see(() -> Scrape.of(service), scrape -> counted(scrape) == logged());
  }

  private static double counted(Scrape scrape) {
    return scrape.values().entrySet().stream()
        .filter(series -> series.getKey().startsWith("freshet_refreshes_total"))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  private double logged() {
    try {
      return Double.parseDouble(
          shop.database()
              .admin()
              .value(
                  "SELECT count(*) FROM freshet.event WHERE type IN ('RefreshCompleted', 'RefreshFailed', 'RefreshSkipped')"));
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private String label(String name, String relation) {
    return "{%s=\"%s\"}".formatted(name, shop.qualified(relation));
  }
}
