package dev.freshet.sla;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.freshness.Tier;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A schedule of 2 s, an SLA of 30 s: in the coldest tier 10 s are left to wait and to refresh. */
class BreachRiskTest {

  private static final Duration SLA = Duration.ofSeconds(30);
  private static final Objective COLD =
      new Objective(1, SLA, Optional.of(Duration.ofSeconds(2)), Tier.COLD, false);

  private static Freshness after(double... tookMs) {
    Freshness freshness = Freshness.NONE;
    for (double ms : tookMs) {
      freshness = freshness.with(20_000 + ms, ms / 2, ms / 2, SLA);
    }
    return freshness;
  }

  @Test
  void ofTooFewCyclesNothingIsSaid() {
    assertThat(BreachRisk.of(COLD, Freshness.NONE)).isEmpty();
    assertThat(BreachRisk.of(COLD, after(100, 100))).isEmpty();
    assertThat(
            BreachRisk.of(new Objective(1, SLA, Optional.empty(), Tier.HOT, false), after(1, 1, 1)))
        .isEmpty();
  }

  @Test
  void growsBeforeThereWasABreach() {
    double calm = risk(after(1000, 1100, 900, 1000));
    double busy = risk(after(3000, 6000, 4000, 8000));
    double full = risk(after(9000, 9900, 9500, 9800));

    assertThat(calm).isLessThan(0.001);
    assertThat(busy).isBetween(0.01, 0.1);
    assertThat(full).isBetween(0.15, 0.5);
    assertThat(risk(after(12_000, 11_000, 13_000))).isGreaterThan(0.9);
  }

  @Test
  void whereThePeriodAloneIsLongerItIsCertain() {
    Objective impossible =
        new Objective(1, SLA, Optional.of(Duration.ofSeconds(3)), Tier.COLD, true);

    assertThat(BreachRisk.of(impossible, after(1, 1, 1))).isEqualTo(OptionalDouble.of(1));
  }

  @Test
  void isAProbabilityWhateverWasMeasured() {
    Random random = new Random(11);
    for (int run = 0; run < 1000; run++) {
      double[] took =
          random.doubles(3 + random.nextInt(30)).map(x -> Math.exp(40 * x - 10)).toArray();
      assertThat(risk(after(took))).isBetween(0.0, 1.0);
    }
    assertThat(risk(after(0, 0, 0, 0))).isLessThan(1e-6);
  }

  private static double risk(Freshness freshness) {
    return BreachRisk.of(COLD, freshness).orElseThrow();
  }
}
