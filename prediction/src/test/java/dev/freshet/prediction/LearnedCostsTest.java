package dev.freshet.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.catalog.cost.CostForecast;
import dev.freshet.catalog.cost.CostForecast.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** By the policy two-arm; of a stream table of a hundred thousand rows, whose FULL takes 200 ms. */
class LearnedCostsTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final PredictionSettings SETTINGS =
      PredictionSettings.defaults().by(PredictionPolicy.TWO_ARM);
  private static final Extent EXTENT = new Extent(DeltaWork.LINEAR, 1e5, 1e3);
  private static final double FULL_MS = 200;

  private static LearnedCosts costs(long... pgtIds) {
    LearnedCosts costs = new LearnedCosts(SETTINGS);
    for (long pgtId : pgtIds) {
      costs.measured(pgtId, EXTENT);
      costs.tookFull(pgtId, FULL_MS);
    }
    return costs;
  }

  /** Differences at a tenth of a millisecond a change. */
  private static void refresh(LearnedCosts costs, long pgtId, double load) {
    for (int i = 1; i <= 20; i++) {
      costs.tookDifferential(pgtId, NOW, 100L * i, load * (3 + 10 * i));
      costs.tookFull(pgtId, load * FULL_MS);
    }
  }

  @Test
  void withoutSizesOrAFullTheThresholdDecides() {
    LearnedCosts costs = new LearnedCosts(SETTINGS);
    costs.tookFull(1, FULL_MS);
    costs.measured(2, EXTENT);

    assertThat(costs.forecast(1, NOW)).isEqualTo(CostForecast.NONE);
    assertThat(costs.model(1, NOW).undecided())
        .contains("it is not known how large its sources are");
    assertThat(costs.model(2, NOW).undecided())
        .contains("it is not known what a FULL refresh takes");
    costs.measured(1, EXTENT);
    assertThat(costs.forecast(1, NOW).verdict(1)).isEqualTo(Verdict.DIFFERENTIAL);
  }

  @Test
  void bothWaysAreLearned() {
    LearnedCosts costs = costs(1);
    refresh(costs, 1, 1);

    CostForecast forecast = costs.forecast(1, NOW);
    assertThat(forecast.fullMs().orElseThrow()).isCloseTo(FULL_MS, within(20.0));
    assertThat(forecast.differentialMs(1000).orElseThrow()).isCloseTo(103, within(20.0));
    assertThat(forecast.verdict(500)).isEqualTo(Verdict.DIFFERENTIAL);
    assertThat(forecast.verdict(20_000)).isEqualTo(Verdict.FULL);
  }

  /** A machine that is slower for everybody says nothing of one stream table's sizes. */
  @Test
  void loadIsNoPropertyOfAStreamTable() {
    LearnedCosts calm = costs(1, 2);
    LearnedCosts busy = costs(1, 2);
    for (LearnedCosts costs : List.of(calm, busy)) {
      refresh(costs, 1, 1);
      refresh(costs, 2, 1);
    }
    refresh(busy, 2, 3);

    assertThat(busy.forecast(1, NOW).fullMs().orElseThrow())
        .isGreaterThan(1.5 * calm.forecast(1, NOW).fullMs().orElseThrow());
    assertThat(busy.forecast(1, NOW).fullBeyond()).isEqualTo(calm.forecast(1, NOW).fullBeyond());
  }

  @Test
  void anotherDefinitionIsLearnedAnew() {
    LearnedCosts costs = costs(1);
    refresh(costs, 1, 1);
    costs.redefined(1);

    assertThat(costs.forecast(1, NOW)).isEqualTo(CostForecast.NONE);
    costs.measured(1, EXTENT);
    assertThat(costs.forecast(1, NOW).fullBeyond())
        .isEqualTo(costs(1).forecast(1, NOW).fullBeyond());
  }

  @Test
  void whatTheLogSaysIsLearnedAsIfItHadBeenSeen() {
    LearnedCosts seen = costs(1);
    LearnedCosts read = new LearnedCosts(SETTINGS);
    read.measured(1, EXTENT);
    seen.tookDifferential(1, NOW, 100, 20);
    seen.tookDifferential(1, NOW, 100, 13);
    seen.tookDifferential(1, NOW, 2000, 210);
    seen.tookFull(1, 150);
    read.replace(
        Map.of(1L, CostHistory.NONE.withFull(150)),
        Map.of(
            1L,
            List.of(
                new LearnedCosts.Past(OptionalLong.empty(), FULL_MS),
                new LearnedCosts.Past(OptionalLong.of(100), 20),
                new LearnedCosts.Past(OptionalLong.of(100), 13),
                new LearnedCosts.Past(OptionalLong.of(2000), 210),
                new LearnedCosts.Past(OptionalLong.empty(), 150))));

    assertThat(read.forecast(1, NOW).fullBeyond()).isEqualTo(seen.forecast(1, NOW).fullBeyond());
    assertThat(read.forecast(1, NOW).fullMs()).isEqualTo(seen.forecast(1, NOW).fullMs());
  }

  @Test
  void whatIsNoMeasurementIsLeftOut() {
    LearnedCosts costs = costs(1);
    CostForecast before = costs.forecast(1, NOW);
    for (double ms : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1}) {
      costs.tookFull(1, ms);
      costs.tookDifferential(1, NOW, 5, ms);
      costs.gaveUp(1, 5, ms);
    }
    costs.tookDifferential(1, NOW, -5, 1);

    assertThat(costs.forecast(1, NOW)).isEqualTo(before);
  }
}
