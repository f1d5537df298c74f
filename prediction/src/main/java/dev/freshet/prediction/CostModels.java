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
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
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

  private final Clock clock;
  private final PredictionSettings configured;
  private final CostModelTable table;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, CostHistory> histories = new HashMap<>();
  private PredictionSettings settings;
  private boolean current;
  private Set<String> refused = Set.of();

  /**
   * @param fullThreshold the fixed threshold, which decides where no model does
   */
  public CostModels(Clock clock, PredictionSettings configured, double fullThreshold) {
    this.clock = clock;
    this.configured = configured;
    this.settings = configured;
    this.table = new CostModelTable(fullThreshold);
  }

  @Override
  public CostForecast of(long pgtId) {
    lock.lock();
    try {
      CostHistory history = histories.get(pgtId);
      return history == null ? CostForecast.NONE : modelOf(history).forecast();
    } finally {
      lock.unlock();
    }
  }

  private CostModel modelOf(CostHistory history) {
    return CostModel.of(history, clock.instant(), settings);
  }

  /** Takes note of an event of the log; of each stream of events in their order. */
  public void observe(LoggedEvent logged) {
    lock.lock();
    try {
      switch (logged.event()) {
        case RefreshEvent event -> observe(logged, event);
        case StreamTableRedefined _ ->
            histories.computeIfPresent(logged.pgtId(), (_, history) -> history.redefined());
        case StreamTableDropped _ -> histories.remove(logged.pgtId());
        default -> {
          // Other events say nothing of costs.
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void observe(LoggedEvent logged, RefreshEvent event) {
    CostHistory known = histories.getOrDefault(logged.pgtId(), CostHistory.NONE);
    if (logged.revision() <= known.revision()) {
      return;
    }
    if (logged.revision() > known.revision() + 1) {
      current = false;
    }
    CostHistory next = known.at(logged.revision());
    histories.put(
        logged.pgtId(),
        event instanceof RefreshCompleted completed
            ? learn(completed, settings.window()).apply(next)
            : next);
  }

  private static UnaryOperator<CostHistory> learn(RefreshCompleted completed, Duration window) {
    double ms = completed.run().duration().toNanos() / 1e6;
    OptionalLong changes = completed.deltaRows();
    return switch (completed.action()) {
      case "FULL", "REINITIALIZE" ->
          history -> {
            CostHistory whole = history.withFull(ms);
            return changes.isPresent() && completed.abandonedMs().isPresent()
                ? whole.withOverrun(changes.getAsLong(), completed.abandonedMs().getAsDouble())
                : whole;
          };
      case "DIFFERENTIAL" ->
          history ->
              changes.isPresent()
                  ? history.withDifferential(
                      completed.run().endTime(), changes.getAsLong(), ms, window)
                  : history;
      default -> UnaryOperator.identity();
    };
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
    lock.lock();
    try {
      if (!current) {
        Map<Long, CostHistory> read =
            CostHistoryQuery.read(session, settings.window(), clock.instant());
        histories.clear();
        histories.putAll(read);
        current = true;
      }
    } finally {
      lock.unlock();
    }
    table.store(session, models(), settings);
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
      current = current && next.window().equals(settings.window());
      settings = next;
    } finally {
      lock.unlock();
    }
  }

  private Map<Long, CostModelTable.Known> models() {
    lock.lock();
    try {
      Map<Long, CostModelTable.Known> models = new HashMap<>();
      histories.forEach((pgtId, history) ->
          models.put(pgtId, new CostModelTable.Known(modelOf(history), history.lastChanges())));
      return models;
    } finally {
      lock.unlock();
    }
  }
}
