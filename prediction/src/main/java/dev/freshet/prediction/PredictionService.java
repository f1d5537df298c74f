package dev.freshet.prediction;

import dev.freshet.catalog.chore.Chore;
import dev.freshet.catalog.cost.CostForecast;
import dev.freshet.catalog.cost.RefreshCosts;
import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.log.LoggedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The prediction of this service, fed by the bus. */
@ApplicationScoped
class PredictionService implements RefreshCosts, Chore {

  private final CostModels models;

  PredictionService(PredictionConfiguration configuration) {
    models =
        new CostModels(
            Clock.systemUTC(), PredictionSettings.of(configuration), configuration.fullThreshold());
  }

  @Incoming("events")
  void onEvent(LoggedEvent logged) {
    models.observe(logged);
  }

  @Override
  public CostForecast of(long pgtId) {
    return models.of(pgtId);
  }

  @Override
  public String name() {
    return models.name();
  }

  @Override
  public Duration interval() {
    return models.interval();
  }

  @Override
  public void run(Session session) {
    models.run(session);
  }
}
