package dev.freshet.app.bench;

import dev.freshet.catalog.cost.CostForecast;
import dev.freshet.prediction.LearnedCosts;
import dev.freshet.prediction.PredictionPolicy;
import dev.freshet.prediction.PredictionSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Who chooses a mode, asked about decisions of the past in their order. */
sealed interface ModesPolicy {

  /** All that are compared on these decisions. */
  static List<ModesPolicy> all(List<ModesSample> samples) {
    List<ModesPolicy> all = new ArrayList<>();
    all.add(new Threshold("always DIFFERENTIAL", Double.POSITIVE_INFINITY));
    all.add(new Threshold("always FULL", -1));
    for (double share : new double[] {0.05, 0.15, 0.5}) {
      all.add(new Threshold("threshold %.0f %%".formatted(share * 100), share));
    }
    for (PredictionPolicy policy : PredictionPolicy.values()) {
      all.add(new Learning(policy));
    }
    all.add(Hindsight.of(samples));
    return all;
  }

  String name();

  /** Chooses, and learns what that took; of the other way it learns nothing. */
  boolean choosesDifferential(ModesSample sample);

  /** Which looks at nothing but the share of the sources' rows that has changed. */
  record Threshold(String name, double share) implements ModesPolicy {

    /** As the service has it while nothing is known. */
    private static final Threshold FALLBACK = new Threshold("", 0.5);

    @Override
    public boolean choosesDifferential(ModesSample sample) {
      return sample.timing().changes() <= share * sample.extent().sourceRows();
    }
  }

  /**
   * The best number of changes for each view, found afterwards: what no policy that looks at the
   * number of changes can surpass, since the rest is chance.
   */
  record Hindsight(Map<Integer, Long> changesMax) implements ModesPolicy {

    static Hindsight of(List<ModesSample> samples) {
      return new Hindsight(
          samples.stream()
              .collect(
                  Collectors.groupingBy(
                      ModesSample::subject,
                      Collectors.collectingAndThen(Collectors.toList(), Hindsight::best))));
    }

    private static long best(List<ModesSample> ofSubject) {
      return LongStream.concat(
              LongStream.of(-1), ofSubject.stream().mapToLong(it -> it.timing().changes()))
          .boxed()
          .min(Comparator.comparingDouble(changes -> cost(ofSubject, changes)))
          .orElseThrow();
    }

    private static double cost(List<ModesSample> ofSubject, long changesMax) {
      return ofSubject.stream()
          .map(ModesSample::timing)
          .mapToDouble(timing -> timing.chosenMs(timing.changes() <= changesMax))
          .sum();
    }

    @Override
    public String name() {
      return "best in hindsight";
    }

    @Override
    public boolean choosesDifferential(ModesSample sample) {
      return sample.timing().changes() <= changesMax.getOrDefault(sample.subject(), -1L);
    }
  }

  /** The service's own prediction. */
  final class Learning implements ModesPolicy {

    private static final Instant START = Instant.EPOCH;
    private static final Duration CYCLE = Duration.ofMinutes(1);

    private final PredictionPolicy policy;
    private final LearnedCosts costs;
    private final Set<Integer> begun = new HashSet<>();

    Learning(PredictionPolicy policy) {
      this.policy = policy;
      costs = new LearnedCosts(PredictionSettings.defaults().by(policy));
    }

    @Override
    public String name() {
      return policy.text();
    }

    @Override
    public boolean choosesDifferential(ModesSample sample) {
      long id = sample.subject();
      Instant now = START.plus(CYCLE.multipliedBy(sample.cycle()));
      costs.measured(id, sample.extent());
      if (begun.add(sample.subject())) {
        costs.tookFull(id, sample.firstMs());
      }
      ModesSample.Timing timing = sample.timing();
      CostForecast forecast = costs.forecast(id, now);
      boolean differential =
          switch (forecast.verdict(timing.changes())) {
            case DIFFERENTIAL -> true;
            case FULL -> false;
            case UNKNOWN -> Threshold.FALLBACK.choosesDifferential(sample);
          };
      if (differential) {
        costs.tookDifferential(id, now, timing.changes(), timing.differentialMs());
      } else {
        costs.tookFull(id, timing.fullMs());
      }
      return differential;
    }
  }
}
