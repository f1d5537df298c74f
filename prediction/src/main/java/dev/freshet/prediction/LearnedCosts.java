package dev.freshet.prediction;

import static java.util.Objects.requireNonNull;

import dev.freshet.catalog.cost.CostForecast;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What the refreshes of a database's stream tables have taken, and what follows for the next ones.
 * In memory, without a clock, for one thread at a time.
 *
 * <p>Both policies learn from every refresh; the settings say which one is asked.
 */
public final class LearnedCosts {

  /** A model that has seen less blames the machine for what it does not know itself. */
  private static final int SAMPLES_OF_LOAD = 3;

  private final Map<Long, CostHistory> histories = new HashMap<>();
  private final Map<Long, Extent> extents = new HashMap<>();
  private final Map<Long, TwoArms> arms = new HashMap<>();
  private PredictionSettings settings;
  private Load load = Load.NONE;

  public LearnedCosts(PredictionSettings settings) {
    this.settings = settings;
  }

  /** Both ways' models of a stream table, with what they are asked with. */
  record Known(TwoArms arms, Extent extent) {
    Known {
      requireNonNull(arms);
      requireNonNull(extent);
    }
  }

  /**
   * A refresh of the log.
   *
   * @param changes that it read, if by differences
   */
  record Past(OptionalLong changes, double ms) {
    Past {
      requireNonNull(changes);
    }
  }

  PredictionSettings settings() {
    return settings;
  }

  void configure(PredictionSettings next) {
    settings = next;
  }

  /** Takes note of how large a stream table and its sources are now. */
  public void measured(long pgtId, Extent extent) {
    Extent before = extents.put(pgtId, extent);
    if (before != null && before.work() != extent.work()) {
      arms.remove(pgtId);
    }
  }

  /**
   * A refresh by differences has ended.
   *
   * @param end when
   * @param changes of its sources that it read
   */
  public void tookDifferential(long pgtId, Instant end, long changes, double ms) {
    if (changes < 0 || !isDuration(ms)) {
      return;
    }
    known(pgtId)
        .ifPresent(known -> {
          TwoArms before = known.arms();
          double expected = before.differentialMs(known.extent(), changes);
          double real = ms / load.factor();
          heed(before.differential(), ms, expected);
          arms.put(pgtId, before.withDifferential(known.extent(), changes, real));
        });
    histories.put(pgtId, history(pgtId).withDifferential(end, changes, ms, settings.window()));
  }

  /** A refresh by the whole query has ended. */
  public void tookFull(long pgtId, double ms) {
    if (!isDuration(ms)) {
      return;
    }
    known(pgtId)
        .ifPresent(known -> {
          TwoArms before = known.arms();
          double expected = before.fullMs(known.extent());
          double real = ms / load.factor();
          heed(before.full(), ms, expected);
          arms.put(pgtId, before.withFull(known.extent(), real));
        });
    histories.put(pgtId, history(pgtId).withFull(ms));
  }

  /** A refresh by differences was given up before the last one by the whole query. */
  public void gaveUp(long pgtId, long changes, double ms) {
    if (changes < 0 || !isDuration(ms)) {
      return;
    }
    known(pgtId)
        .ifPresent(known ->
            arms.put(pgtId, known.arms().withOverrun(known.extent(), changes, ms / load.factor())));
    histories.put(pgtId, history(pgtId).withOverrun(changes, ms));
  }

  private void heed(LinearCost model, double ms, double expectedMs) {
    if (model.samples() >= SAMPLES_OF_LOAD) {
      load = load.after(ms, expectedMs);
    }
  }

  private static boolean isDuration(double ms) {
    return Double.isFinite(ms) && ms >= 0;
  }

  CostHistory history(long pgtId) {
    return histories.getOrDefault(pgtId, CostHistory.NONE);
  }

  /** Its history goes on from there. */
  void put(long pgtId, CostHistory history) {
    histories.put(pgtId, history);
  }

  /** Forgets what was learned of another definition. */
  void redefined(long pgtId) {
    arms.remove(pgtId);
    extents.remove(pgtId);
    histories.computeIfPresent(pgtId, (_, history) -> history.redefined());
  }

  void dropped(long pgtId) {
    arms.remove(pgtId);
    extents.remove(pgtId);
    histories.remove(pgtId);
  }

  /**
   * Begins anew with what the log says.
   *
   * @param past the latest refreshes of each stream table, the first of them first; learned with
   *     the present sizes, since nobody wrote down those of then
   */
  void replace(Map<Long, CostHistory> read, Map<Long, List<Past>> past) {
    histories.clear();
    histories.putAll(read);
    arms.clear();
    past.forEach((pgtId, refreshes) -> {
      Extent extent = extents.get(pgtId);
      if (extent != null) {
        after(firstFullMs(pgtId, refreshes), extent)
            .ifPresent(prior -> arms.put(pgtId, taught(prior, extent, refreshes)));
      }
    });
  }

  private OptionalDouble firstFullMs(long pgtId, List<Past> refreshes) {
    OptionalDouble first =
        refreshes.stream()
            .filter(refresh -> refresh.changes().isEmpty())
            .mapToDouble(Past::ms)
            .findFirst();
    return first.isPresent() ? first : history(pgtId).fullMs();
  }

  /** With all of them but the first FULL, which is in the prior. */
  private static TwoArms taught(TwoArms prior, Extent extent, List<Past> refreshes) {
    TwoArms arms = prior;
    boolean priorIsAhead = true;
    for (Past refresh : refreshes) {
      if (refresh.changes().isPresent()) {
        arms = arms.withDifferential(extent, refresh.changes().getAsLong(), refresh.ms());
      } else if (priorIsAhead) {
        priorIsAhead = false;
      } else {
        arms = arms.withFull(extent, refresh.ms());
      }
    }
    return arms;
  }

  private Optional<Known> known(long pgtId) {
    Extent extent = extents.get(pgtId);
    if (extent == null) {
      return Optional.empty();
    }
    TwoArms found = arms.get(pgtId);
    Optional<TwoArms> present =
        found != null ? Optional.of(found) : after(history(pgtId).fullMs(), extent);
    present.ifPresent(both -> arms.put(pgtId, both));
    return present.map(both -> new Known(both, extent));
  }

  private static Optional<TwoArms> after(OptionalDouble firstMs, Extent extent) {
    return firstMs.isPresent()
        ? Optional.of(TwoArms.after(firstMs.getAsDouble(), extent))
        : Optional.empty();
  }

  /** What refreshing it is expected to cost. */
  public CostForecast forecast(long pgtId, Instant now) {
    return model(pgtId, now).forecast();
  }

  CostModel model(long pgtId, Instant now) {
    CostHistory history = history(pgtId);
    return switch (settings.policy()) {
      case REGRESSION -> CostModel.of(history, now, settings);
      case TWO_ARM -> {
        Optional<Known> known = known(pgtId);
        yield known.isEmpty()
            ? CostModel.ofNothing(history, now, settings)
            : CostModel.of(history, known.get(), load, now, settings);
      }
    };
  }

  Map<Long, CostModel> models(Instant now) {
    Map<Long, CostModel> models = new HashMap<>();
    histories.keySet().forEach(pgtId -> models.put(pgtId, model(pgtId, now)));
    return models;
  }
}
