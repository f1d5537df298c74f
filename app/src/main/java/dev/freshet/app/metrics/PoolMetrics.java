package dev.freshet.app.metrics;

import dev.freshet.scheduler.dispatch.PoolState;
import dev.freshet.scheduler.lead.SchedulerService;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.function.ToDoubleFunction;

/** Figures of the pool of workers; zero on an instance that does not lead. */
@ApplicationScoped
class PoolMetrics {

  private static final double MILLIS = 1000;

  private final SchedulerService scheduler;
  private final MeterRegistry registry;

  PoolMetrics(SchedulerService scheduler, MeterRegistry registry) {
    this.scheduler = scheduler;
    this.registry = registry;
  }

  void onStart(@Observes StartupEvent event) {
    gauge("freshet.workers.max", "How many may refresh at the same time.", PoolState::workers);
    gauge("freshet.workers.busy", "How many are refreshing.", PoolState::busy);
    gauge("freshet.workers.queue", "How much has work and waits for a worker.", PoolState::queued);
    seconds(
        "freshet.workers.wait.longest",
        "How long it has waited, what has waited longest for a worker and waits still.",
        pool -> pool.longestWait().toMillis());
    seconds(
        "freshet.workers.wait.mean",
        "How long they waited, from when they were due, that got a worker lately.",
        pool -> pool.meanWait().toMillis());
  }

  private void gauge(String name, String description, ToDoubleFunction<PoolState> figure) {
    Gauge.builder(name, () -> figure.applyAsDouble(scheduler.pool()))
        .description(description)
        .register(registry);
  }

  private void seconds(String name, String description, ToDoubleFunction<PoolState> millis) {
    Gauge.builder(name, () -> millis.applyAsDouble(scheduler.pool()) / MILLIS)
        .description(description)
        .baseUnit("seconds")
        .register(registry);
  }
}
