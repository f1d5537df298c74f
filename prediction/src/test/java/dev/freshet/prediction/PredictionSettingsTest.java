package dev.freshet.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.catalog.cost.Patience;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionSettingsTest {

  private static final PredictionSettings DEFAULTS = PredictionSettings.defaults();

  private static PredictionConfiguration configured(int window, double ratio, int samples) {
    return configured("regression", window, ratio, samples, 5, Duration.ofSeconds(1));
  }

  private static PredictionConfiguration patient(double overrunFactor, Duration overrunMin) {
    return configured("regression", 60, 1.5, 5, overrunFactor, overrunMin);
  }

  private static PredictionConfiguration configured(
      String policy,
      int window,
      double ratio,
      int samples,
      double overrunFactor,
      Duration overrunMin) {
    return new PredictionConfiguration() {
      @Override
      public String predictionPolicy() {
        return policy;
      }

      @Override
      public int predictionWindow() {
        return window;
      }

      @Override
      public double predictionRatio() {
        return ratio;
      }

      @Override
      public int predictionMinSamples() {
        return samples;
      }

      @Override
      public double predictionOverrunFactor() {
        return overrunFactor;
      }

      @Override
      public Duration predictionOverrunMin() {
        return overrunMin;
      }

      @Override
      public double fullThreshold() {
        return 0.5;
      }
    };
  }

  @Test
  void theDatabaseHasPrecedence() {
    assertThat(
            DEFAULTS.with(
                Map.of(
                    "freshet.prediction_policy", "two-arm",
                    "freshet.prediction_window", "5",
                    "freshet.prediction_ratio", "2.25",
                    "freshet.prediction_min_samples", "30",
                    "freshet.prediction_overrun_factor", "0",
                    "freshet.prediction_overrun_min", "250",
                    "freshet.enabled", "on")))
        .isEqualTo(
            new PredictionSettings(
                PredictionPolicy.TWO_ARM, Duration.ofMinutes(5), 2.25, 30, new Patience(0, 250)));
    assertThat(DEFAULTS.with(Map.of())).isEqualTo(DEFAULTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0.5", "-1", "NaN", "Infinity", "1e9", "99999999999", "abc", "1,5"})
  void whatMakesNoSenseThereIsLeftOut(String text) {
    Map<String, String> settings =
        Map.of(
            "freshet.prediction_policy", text,
            "freshet.prediction_window", text,
            "freshet.prediction_ratio", text.equals("0.5") ? "0" : text,
            "freshet.prediction_min_samples", text,
            "freshet.prediction_overrun_factor", text,
            "freshet.prediction_overrun_min", text);

    assertThat(DEFAULTS.with(settings)).isEqualTo(DEFAULTS);
    assertThat(PredictionSettings.refused(settings))
        .containsExactly(
            "freshet.prediction_min_samples = " + text,
            "freshet.prediction_overrun_factor = " + text,
            "freshet.prediction_overrun_min = " + text,
            "freshet.prediction_policy = " + text,
            "freshet.prediction_ratio = " + (text.equals("0.5") ? "0" : text),
            "freshet.prediction_window = " + text);
  }

  @Test
  void theServiceIsConfigured() {
    assertThat(PredictionSettings.of(configured(60, 1.5, 5))).isEqualTo(DEFAULTS);
  }

  @Test
  void thereAreTwoPolicies() {
    Duration second = Duration.ofSeconds(1);

    assertThat(PredictionSettings.of(configured("two-arm", 60, 1.5, 5, 5, second)).policy())
        .isEqualTo(PredictionPolicy.TWO_ARM);
    for (String text : List.of("", "two_arm", "Regression", "bandit")) {
      assertThatThrownBy(() -> PredictionSettings.of(configured(text, 60, 1.5, 5, 5, second)))
          .hasMessage("freshet.prediction-policy must be regression or two-arm");
    }
  }

  @Test
  void norWithAPatienceThatMakesNoSense() {
    Duration second = Duration.ofSeconds(1);

    for (double factor : new double[] {-1, 0.5, 1001, Double.NaN}) {
      assertThatThrownBy(() -> PredictionSettings.of(patient(factor, second)))
          .hasMessage("freshet.prediction-overrun-factor must be 0 or 1 to 1000");
    }
    for (Duration least : List.of(second.negated(), Duration.ofDays(1).plusMillis(1))) {
      assertThatThrownBy(() -> PredictionSettings.of(patient(5, least)))
          .hasMessage("freshet.prediction-overrun-min must be 0s to 24h");
    }
    assertThat(PredictionSettings.of(patient(0, Duration.ZERO)).patience())
        .isEqualTo(new Patience(0, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1.5, 5, freshet.prediction-window",
    "10081, 1.5, 5, freshet.prediction-window",
    "60, 0.05, 5, freshet.prediction-ratio",
    "60, NaN, 5, freshet.prediction-ratio",
    "60, 1.5, 0, freshet.prediction-min-samples",
  })
  void aServiceDoesNotStartWithWhatMakesNoSense(
      int window, double ratio, int samples, String property) {
    PredictionConfiguration senseless = configured(window, ratio, samples);

    assertThatThrownBy(() -> PredictionSettings.of(senseless))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(property);
  }
}
