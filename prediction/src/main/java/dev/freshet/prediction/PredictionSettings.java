package dev.freshet.prediction;

import dev.freshet.catalog.cost.Patience;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The settings in force, checked.
 *
 * @param policy how it is predicted
 * @param window how far back the history counts
 * @param ratio FULL is chosen where differences cost more than so many times the last FULL
 * @param samplesMin fewer refreshes by differences decide nothing
 * @param patience when one that takes longer than predicted is given up
 */
public record PredictionSettings(
    PredictionPolicy policy, Duration window, double ratio, int samplesMin, Patience patience) {

  private static final int WINDOW_MINUTES_MAX = 7 * 24 * 60;
  private static final double RATIO_MIN = 0.1;
  private static final double RATIO_MAX = 1000;
  private static final int SAMPLES_MIN = 1;
  private static final int SAMPLES_MAX = 100_000;

  private static final int OVERRUN_FACTOR_MAX = 1000;
  private static final int OVERRUN_MS_MAX = 24 * 60 * 60 * 1000;

  private static final String POLICY = "freshet.prediction_policy";
  private static final String WINDOW = "freshet.prediction_window";
  private static final String RATIO = "freshet.prediction_ratio";
  private static final String MIN_SAMPLES = "freshet.prediction_min_samples";
  private static final String OVERRUN_FACTOR = "freshet.prediction_overrun_factor";
  private static final String OVERRUN_MIN = "freshet.prediction_overrun_min";

  /** What holds without configuration. */
  public static PredictionSettings defaults() {
    return new PredictionSettings(
        PredictionPolicy.REGRESSION, Duration.ofMinutes(60), 1.5, 5, new Patience(5, 1000));
  }

  /**
   * The service's configuration.
   *
   * @throws IllegalArgumentException if it makes no sense; then the service does not start
   */
  public static PredictionSettings of(PredictionConfiguration configuration) {
    Optional<PredictionPolicy> policy = PredictionPolicy.of(configuration.predictionPolicy());
    require(policy.isPresent(), "freshet.prediction-policy must be regression or two-arm");
    int minutes = configuration.predictionWindow();
    require(isWindow(minutes), "freshet.prediction-window must be 1 to 10080, in minutes");
    require(
        isRatio(configuration.predictionRatio()), "freshet.prediction-ratio must be 0.1 to 1000");
    require(
        isSamples(configuration.predictionMinSamples()),
        "freshet.prediction-min-samples must be 1 to 100000");
    require(
        isFactor(configuration.predictionOverrunFactor()),
        "freshet.prediction-overrun-factor must be 0 or 1 to 1000");
    double overrunMin = configuration.predictionOverrunMin().toMillis();
    require(
        overrunMin >= 0 && overrunMin <= OVERRUN_MS_MAX,
        "freshet.prediction-overrun-min must be 0s to 24h");
    return new PredictionSettings(
        policy.orElseThrow(),
        Duration.ofMinutes(minutes),
        configuration.predictionRatio(),
        configuration.predictionMinSamples(),
        new Patience(configuration.predictionOverrunFactor(), overrunMin));
  }

  /**
   * With what the database says; PostgreSQL takes any text there, so what makes no sense is left
   * out.
   */
  PredictionSettings with(Map<String, String> ofDatabase) {
    return new PredictionSettings(
        policy(ofDatabase).orElse(policy),
        whole(ofDatabase, WINDOW)
            .filter(PredictionSettings::isWindow)
            .map(Duration::ofMinutes)
            .orElse(window),
        number(ofDatabase, RATIO).filter(PredictionSettings::isRatio).orElse(ratio),
        whole(ofDatabase, MIN_SAMPLES).filter(PredictionSettings::isSamples).orElse(samplesMin),
        new Patience(
            number(ofDatabase, OVERRUN_FACTOR)
                .filter(PredictionSettings::isFactor)
                .orElse(patience.factor()),
            whole(ofDatabase, OVERRUN_MIN)
                .filter(ms -> ms <= OVERRUN_MS_MAX)
                .map(Integer::doubleValue)
                .orElse(patience.msMin())));
  }

  /** Those of the database's settings that make no sense, as they are written there. */
  static Set<String> refused(Map<String, String> ofDatabase) {
    Set<String> refused = new TreeSet<>();
    Map<String, Boolean> sound =
        Map.of(
            POLICY, policy(ofDatabase).isPresent(),
            WINDOW, whole(ofDatabase, WINDOW).filter(PredictionSettings::isWindow).isPresent(),
            RATIO, number(ofDatabase, RATIO).filter(PredictionSettings::isRatio).isPresent(),
            MIN_SAMPLES,
                whole(ofDatabase, MIN_SAMPLES).filter(PredictionSettings::isSamples).isPresent(),
            OVERRUN_FACTOR,
                number(ofDatabase, OVERRUN_FACTOR).filter(PredictionSettings::isFactor).isPresent(),
            OVERRUN_MIN,
                whole(ofDatabase, OVERRUN_MIN).filter(ms -> ms <= OVERRUN_MS_MAX).isPresent());
    sound.forEach((name, isSound) -> {
      if (!isSound && ofDatabase.containsKey(name)) {
        refused.add(name + " = " + ofDatabase.get(name));
      }
    });
    return refused;
  }

  private static Optional<PredictionPolicy> policy(Map<String, String> settings) {
    return Optional.ofNullable(settings.get(POLICY)).flatMap(PredictionPolicy::of);
  }

  /** The same with another policy. */
  public PredictionSettings by(PredictionPolicy other) {
    return new PredictionSettings(other, window, ratio, samplesMin, patience);
  }

  private static Optional<Integer> whole(Map<String, String> settings, String name) {
    return Optional.ofNullable(settings.get(name))
        .filter(text -> text.matches("\\d{1,9}"))
        .map(Integer::valueOf);
  }

  private static Optional<Double> number(Map<String, String> settings, String name) {
    return Optional.ofNullable(settings.get(name))
        .filter(text -> text.matches("\\d{1,9}(\\.\\d{1,9})?"))
        .map(Double::valueOf);
  }

  private static boolean isWindow(int minutes) {
    return minutes >= 1 && minutes <= WINDOW_MINUTES_MAX;
  }

  private static boolean isRatio(double ratio) {
    return ratio >= RATIO_MIN && ratio <= RATIO_MAX;
  }

  private static boolean isSamples(int samples) {
    return samples >= SAMPLES_MIN && samples <= SAMPLES_MAX;
  }

  private static boolean isFactor(double factor) {
    return factor == 0 || (factor >= 1 && factor <= OVERRUN_FACTOR_MAX);
  }

  private static void require(boolean sound, String message) {
    if (!sound) {
      throw new IllegalArgumentException(message);
    }
  }
}
