package dev.freshet.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.cost.CostForecast;
import dev.freshet.catalog.cost.CostForecast.Verdict;
import dev.freshet.catalog.cost.Patience;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models of a stream table whose FULL takes 100 ms, with the default settings. */
class CostModelTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration WINDOW = Duration.ofMinutes(60);
  private static final double FULL_MS = 100;
  private static final PredictionSettings SETTINGS = PredictionSettings.defaults();

  private static PredictionSettings settings(double ratio, int samplesMin) {
    return new PredictionSettings(
        PredictionPolicy.REGRESSION, WINDOW, ratio, samplesMin, Patience.ENDLESS);
  }

  /** A refresh a minute, of n changes that take what is given. */
  private static CostHistory history(double[]... refreshes) {
    CostHistory history = CostHistory.NONE;
    for (int i = 0; i < refreshes.length; i++) {
      history =
          history.withDifferential(
              NOW.minus(Duration.ofMinutes(refreshes.length - i)),
              (long) refreshes[i][0],
              refreshes[i][1],
              WINDOW);
    }
    return history;
  }

  private static CostModel model(double[]... refreshes) {
    return CostModel.of(history(refreshes).withFull(FULL_MS), NOW, SETTINGS);
  }

  private static double[] took(long changes, double ms) {
    return new double[] {(double) changes, ms};
  }

  /** Refreshes that would say FULL, were they enough. */
  private static CostModel expensive(int samples, long seed) {
    Random random = new Random(seed);
    double[][] refreshes = new double[samples][];
    for (int i = 0; i < samples; i++) {
      long changes = random.nextLong(1, 1_000_000);
      refreshes[i] = took(changes, (double) changes);
    }
    return model(refreshes);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void withFewerThanFiveRefreshesNothingIsDecided(int samples) {
    for (long seed = 0; seed < 200; seed++) {
      CostModel model = expensive(samples, seed);

      assertThat(model.samples()).isEqualTo(samples);
      assertThat(model.undecided())
          .contains(
              samples + " of the 5 refreshes by differences that a prediction needs are known");
      for (long changes : new long[] {0, 1, 1000, 1_000_000_000L}) {
        assertThat(model.forecast().verdict(changes))
            .as("seed %d", seed)
            .isEqualTo(Verdict.UNKNOWN);
      }
    }
  }

  @Test
  void theFifthDecides() {
    for (long seed = 0; seed < 200; seed++) {
      CostForecast forecast = expensive(5, seed).forecast();

      assertThat(forecast.verdict(149)).as("seed %d", seed).isEqualTo(Verdict.DIFFERENTIAL);
      assertThat(forecast.verdict(151)).as("seed %d", seed).isEqualTo(Verdict.FULL);
    }
  }

  @Test
  void howManyAreNeededIsASetting() {
    CostHistory history = history(took(1, 1), took(2, 2), took(3, 3)).withFull(FULL_MS);

    assertThat(CostModel.of(history, NOW, settings(1.5, 3)).forecast().verdict(1000))
        .isEqualTo(Verdict.FULL);
    assertThat(CostModel.of(history, NOW, settings(15, 3)).forecast().verdict(1000))
        .isEqualTo(Verdict.DIFFERENTIAL);
  }

  @Test
  void ofOneSizeNothingIsDecided() {
    CostModel model =
        model(took(7, 1), took(7, 900), took(7, 2), took(7, 3), took(7, 4), took(7, 5));

    assertThat(model.line()).isEmpty();
    assertThat(model.undecided()).contains("all refreshes known had the same number of changes");
    assertThat(model.forecast().verdict(1_000_000)).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void aLineThatFallsIsShownAndDecidesNothing() {
    CostModel model = model(took(1, 50), took(2, 40), took(3, 30), took(4, 20), took(5, 10));

    assertThat(model.line().orElseThrow().slope()).isEqualTo(-10);
    assertThat(model.undecided()).contains("more changes took less time in the refreshes known");
    assertThat(model.forecast().verdict(1_000_000)).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void withoutAFullThereIsNothingToCompareWith() {
    CostHistory history = history(took(1, 1), took(2, 2), took(3, 3), took(4, 4), took(5, 5));

    CostModel model = CostModel.of(history, NOW, SETTINGS);

    assertThat(model.undecided()).contains("it is not known what a FULL refresh takes");
    assertThat(model.forecast().verdict(1_000_000)).isEqualTo(Verdict.UNKNOWN);
  }

  /**
   * A tenth of a millisecond a change, by chance, is no reason for a FULL at a thousand changes.
   */
  @Test
  void whatMayBeChanceDecidesNothingFarAway() {
    CostForecast forecast =
        model(took(1, 1.1), took(2, 0.9), took(3, 1.3), took(1, 1.0), took(2, 1.4), took(3, 1.0))
            .forecast();

    assertThat(forecast.differential().orElseThrow().lineUpTo(30).slopeMs()).isPositive();
    assertThat(forecast.verdict(30)).isEqualTo(Verdict.DIFFERENTIAL);
    assertThat(forecast.verdict(31)).isEqualTo(Verdict.UNKNOWN);
    assertThat(forecast.verdict(100_000)).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void whatIsCertainDecidesHoweverFarAway() {
    CostForecast forecast =
        model(took(10, 2.1), took(20, 2.9), took(30, 4.2), took(40, 5.1), took(50, 5.8)).forecast();

    assertThat(forecast.verdict(100)).isEqualTo(Verdict.DIFFERENTIAL);
    assertThat(forecast.verdict(50_000)).isEqualTo(Verdict.FULL);
  }

  @Test
  void whatIsNoMeasurementIsLeftOut() {
    CostHistory history =
        history(
            took(1, Double.NaN),
            took(2, Double.POSITIVE_INFINITY),
            took(3, -1),
            took(-4, 1),
            took(5, 5));

    assertThat(history.pointsOf(NOW, WINDOW).moments()).isEqualTo(Moments.of(5, 5));
    assertThat(history.withFull(Double.NaN).withFull(-1)).isEqualTo(history);
  }
}
