package dev.freshet.app.health;

import dev.freshet.scheduler.lead.SchedulerService;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Startup;

/** The scheduler's thread lives; where it does not, only starting anew helps. */
@Liveness
@Startup
@ApplicationScoped
class SchedulerLiveness implements HealthCheck {

  private final SchedulerService scheduler;

  SchedulerLiveness(SchedulerService scheduler) {
    this.scheduler = scheduler;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("scheduler")
        .status(scheduler.isAlive())
        .withData("leading", scheduler.isLeading())
        .build();
  }
}
