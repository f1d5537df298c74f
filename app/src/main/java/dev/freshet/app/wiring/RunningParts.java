package dev.freshet.app.wiring;

import dev.freshet.scheduler.lead.SchedulerService;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Starts the scheduler, and with it everything that it asks for, when all else is there. */
@ApplicationScoped
class RunningParts {

  private final SchedulerService scheduler;

  RunningParts(SchedulerService scheduler) {
    this.scheduler = scheduler;
  }

  void onStart(@Observes @Priority(StartOrder.SCHEDULER) StartupEvent event) {
    scheduler.start();
  }
}
