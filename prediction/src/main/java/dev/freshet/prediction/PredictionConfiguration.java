package dev.freshet.prediction;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the prediction of costs. */
@ConfigMapping(prefix = "freshet")
public interface PredictionConfiguration {

  /**
   * How it is predicted which way is cheaper: {@code regression}, a line through the refreshes by
   * differences against the last FULL, or {@code two-arm}, a model of both that knows how large
   * sources and result are. {@code ALTER DATABASE … SET freshet.prediction_policy} has precedence
   * and needs no restart.
   */
  @WithDefault("regression")
  String predictionPolicy();

  /**
   * The minutes of history from which costs are predicted, 1 to 10080. Longer is steadier, shorter
   * follows a changing load sooner. {@code ALTER DATABASE … SET freshet.prediction_window} has
   * precedence and needs no restart.
   */
  @WithDefault("60")
  int predictionWindow();

  /**
   * FULL is chosen where differences are predicted to take more than so many times what the last
   * FULL took, 0.1 to 1000. It is more than 1 because the prediction errs, and FULL costs the
   * others on the database more. {@code ALTER DATABASE … SET freshet.prediction_ratio} has
   * precedence and needs no restart.
   */
  @WithDefault("1.5")
  double predictionRatio();

  /**
   * How many refreshes by differences must be known before their prediction decides, 1 to 100000;
   * until then {@code freshet.full-threshold} does. {@code ALTER DATABASE … SET
   * freshet.prediction_min_samples} has precedence and needs no restart.
   */
  @WithDefault("5")
  int predictionMinSamples();

  /**
   * A refresh by differences that takes more than so many times what was predicted is given up, and
   * done as FULL at once; 0 never, else 1 to 1000. It has taken as long as FULL may by then. {@code
   * ALTER DATABASE … SET freshet.prediction_overrun_factor} has precedence and needs no restart.
   */
  @WithDefault("5")
  double predictionOverrunFactor();

  /**
   * None is given up that has taken less, at most a day. {@code ALTER DATABASE … SET
   * freshet.prediction_overrun_min}, in milliseconds, has precedence and needs no restart.
   */
  @WithDefault("1s")
  Duration predictionOverrunMin();

  /** The fixed threshold of the refreshes, shown beside what is recommended. */
  @WithDefault("0.5")
  double fullThreshold();
}
