package dev.freshet.sla;

import dev.freshet.catalog.chore.Chore;
import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.freshness.Cycle;
import dev.freshet.catalog.freshness.FreshnessCycles;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;

/** The objectives of this service's database. */
@ApplicationScoped
class SlaService implements FreshnessCycles, Chore {

  private final FreshnessObjectives objectives = new FreshnessObjectives(Clock.systemUTC());

  @Override
  public void ended(Cycle cycle) {
    objectives.ended(cycle);
  }

  @Override
  public String name() {
    return objectives.name();
  }

  @Override
  public Duration interval() {
    return objectives.interval();
  }

  @Override
  public void run(Session session) {
    objectives.run(session);
  }
}
