package dev.freshet.prediction;

import dev.freshet.catalog.chore.Chore;
import dev.freshet.catalog.cost.CostForecast;
import dev.freshet.catalog.cost.RefreshCosts;
import dev.freshet.catalog.database.DatabaseSettings;
import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.event.refresh.RefreshCompleted;
import dev.freshet.catalog.event.refresh.RefreshEvent;
import dev.freshet.catalog.event.surface.StreamTableDropped;
import dev.freshet.catalog.event.surface.StreamTableRedefined;
import dev.freshet.catalog.log.LoggedEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * The cost models of all stream tables: learns from the events of refreshes, answers from memory,
 * and writes down now and then what it knows, for people.
 *
 * <p>The bus may give an event twice, or lose one. What was seen is known by its revision; a
 * revision that is left out makes it read the history again, as it does at the start. While it
 * reads, events wait: none can fall between what is read and what is heard.
 */
public final class CostModels implements RefreshCosts, Chore {

  private static final Logger LOG = Logger.getLogger(CostModels.class);
  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final Duration INTERVAL_OF_SIZES = Duration.ofSeconds(10);

  private final Clock clock;
  private final PredictionSettings configured;
  private final CostModelTable table;
  private final ReentrantLock lock = new ReentrantLock();
  private final LearnedCosts costs;
  private boolean current;
  private Instant measureAt = Instant.MIN;
  private Set<String> refused = Set.of();

  /**
   * @param fullThreshold the fixed threshold, which decides where no model does
   */
  public CostModels(Clock clock, PredictionSettings configured, double fullThreshold) {
    this.clock = clock;
    this.configured = configured;
    this.costs = new LearnedCosts(configured);
    this.table = new CostModelTable(fullThreshold);
  }

  @Override
  public CostForecast of(long pgtId) {
    lock.lock();
    try {
      return costs.forecast(pgtId, clock.instant());
    } finally {
      lock.unlock();
    }
  }

  /** Takes note of an event of the log; of each stream of events in their order. */
  public void observe(LoggedEvent logged) {
    lock.lock();
    try {
      switch (logged.event()) {
        case RefreshEvent event -> observe(logged, event);
        case StreamTableRedefined _ -> {
          costs.redefined(logged.pgtId());
          measureAt = Instant.MIN;
        }
        case StreamTableDropped _ -> costs.dropped(logged.pgtId());
        default -> {
          // Other events say nothing of costs.
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void observe(LoggedEvent logged, RefreshEvent event) {
    CostHistory known = costs.history(logged.pgtId());
    if (logged.revision() <= known.revision()) {
      return;
    }
    if (logged.revision() > known.revision() + 1) {
      current = false;
    }
    costs.put(logged.pgtId(), known.at(logged.revision()));
    if (event instanceof RefreshCompleted completed) {
      learn(logged.pgtId(), completed);
    }
  }

  private void learn(long pgtId, RefreshCompleted completed) {
    double ms = completed.run().duration().toNanos() / 1e6;
    OptionalLong changes = completed.deltaRows();
    OptionalDouble abandonedMs = completed.abandonedMs();
    switch (completed.action()) {
      case "FULL", "REINITIALIZE" -> {
        costs.tookFull(pgtId, ms);
        if (changes.isPresent() && abandonedMs.isPresent()) {
          costs.gaveUp(pgtId, changes.getAsLong(), abandonedMs.getAsDouble());
        }
      }
      case "DIFFERENTIAL" ->
          changes.ifPresent(
              read -> costs.tookDifferential(pgtId, completed.run().endTime(), read, ms));
      default -> {
        // Nothing was computed.
      }
    }
  }

  @Override
  public String name() {
    return "writing down what refreshes cost";
  }

  @Override
  public Duration interval() {
    return INTERVAL;
  }

  @Override
  public void run(Session session) {
    configure(DatabaseSettings.read(session));
    if (costs.settings().policy() == PredictionPolicy.TWO_ARM) {
      measure(session);
    }
    lock.lock();
    try {
      if (!current) {
        Duration window = costs.settings().window();
        costs.replace(
            CostHistoryQuery.read(session, window, clock.instant()),
            costs.settings().policy() == PredictionPolicy.TWO_ARM
                ? PastRefreshesQuery.read(session)
                : Map.of());
        current = true;
      }
    } finally {
      lock.unlock();
    }
    table.store(session, models(), costs.settings());
  }

  /** Sizes change slowly, and reading them costs the more the more stream tables there are. */
  private void measure(Session session) {
    Instant now = clock.instant();
    if (now.isBefore(measureAt)) {
      return;
    }
    measureAt = now.plus(INTERVAL_OF_SIZES);
    Map<Long, Extent> extents = ExtentsQuery.read(session);
    lock.lock();
    try {
      extents.forEach(costs::measured);
    } finally {
      lock.unlock();
    }
  }

  private void configure(Map<String, String> ofDatabase) {
    Set<String> senseless = PredictionSettings.refused(ofDatabase);
    if (!senseless.isEmpty() && !senseless.equals(refused)) {
      LOG.warnf("the database's setting makes no sense and is left out: %s", senseless);
    }
    refused = senseless;
    PredictionSettings next = configured.with(ofDatabase);
    lock.lock();
    try {
      // Slices of another length have other numbers.
      current =
          current
              && next.window().equals(costs.settings().window())
              && next.policy() == costs.settings().policy();
      costs.configure(next);
    } finally {
      lock.unlock();
    }
  }

  private Map<Long, CostModelTable.Known> models() {
    lock.lock();
    try {
      Map<Long, CostModelTable.Known> models = new HashMap<>();
      costs
          .models(clock.instant())
          .forEach((pgtId, model) ->
              models.put(
                  pgtId, new CostModelTable.Known(model, costs.history(pgtId).lastChanges())));
      return models;
    } finally {
      lock.unlock();
    }
  }
}
