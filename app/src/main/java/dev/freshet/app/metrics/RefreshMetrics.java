package dev.freshet.app.metrics;

import dev.freshet.catalog.event.refresh.RefreshCompleted;
import dev.freshet.catalog.event.refresh.RefreshEvent;
import dev.freshet.catalog.event.refresh.RefreshFailed;
import dev.freshet.catalog.event.refresh.RefreshRun;
import dev.freshet.catalog.event.refresh.RefreshSkipped;
import dev.freshet.catalog.event.refresh.RowCounts;
import dev.freshet.catalog.log.LoggedEvent;
import dev.freshet.scheduler.lead.SchedulerService;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Counts refreshes as their outcomes appear in the log.
 *
 * <p>Every instance follows the log; only the one that leads counts, or the sum over instances
 * would be a multiple.
 */
@ApplicationScoped
class RefreshMetrics {

  private static final String NO_MODE = "none";

  private final MeterRegistry registry;
  private final SchedulerService scheduler;

  RefreshMetrics(MeterRegistry registry, SchedulerService scheduler) {
    this.registry = registry;
    this.scheduler = scheduler;
  }

  @Incoming("events")
  void onEvent(LoggedEvent logged) {
    if (!scheduler.isLeading() || !(logged.event() instanceof RefreshEvent event)) {
      return;
    }
    switch (event) {
      case RefreshCompleted completed -> {
        count(completed.action(), "completed");
        time(completed.action(), completed.run());
        rows(completed.rows());
      }
      case RefreshFailed failed -> {
        String mode = failed.action().orElse(NO_MODE);
        count(mode, "failed");
        time(mode, failed.run());
      }
      case RefreshSkipped _ -> count(NO_MODE, "skipped");
      default -> {
        // Other events are no attempts to refresh.
      }
    }
  }

  private void count(String mode, String result) {
    Counter.builder("freshet.refreshes")
        .description("Refreshes of stream tables, by what they did and how they ended.")
        .tag("mode", mode.toLowerCase(Locale.ROOT))
        .tag("result", result)
        .register(registry)
        .increment();
  }

  private void time(String mode, RefreshRun run) {
    Timer.builder("freshet.refresh.duration")
        .description("How long refreshes took, from BEGIN to COMMIT.")
        .tag("mode", mode.toLowerCase(Locale.ROOT))
        .publishPercentileHistogram(false)
        .register(registry)
        .record(run.duration());
  }

  private void rows(RowCounts rows) {
    change("insert", rows.inserted());
    change("update", rows.updated());
    change("delete", rows.deleted());
  }

  private void change(String operation, long rows) {
    Counter.builder("freshet.rows")
        .description("Rows of stream tables that refreshes changed.")
        .tag("op", operation)
        .register(registry)
        .increment((double) rows);
  }
}
