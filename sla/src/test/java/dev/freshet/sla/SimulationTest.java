package dev.freshet.sla;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.freshness.Tier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Hours of a stream table with a schedule of 2 s and an SLA of 30 s, on a clock of its own. */
class SimulationTest {

  private static final double SLA_MS = 30_000;
  private static final double PERIOD_MS = 2000;

  private final Random random = new Random(7);
  private Objective objective =
      new Objective(
          1,
          Duration.ofMillis((long) SLA_MS),
          Optional.of(Duration.ofMillis((long) PERIOD_MS)),
          Tier.COLD,
          false);
  private Freshness freshness = Freshness.NONE;
  private final List<Tier> changes = new ArrayList<>();

  /** Each tick is late by about so much, and the refresh takes 200 ms. */
  private void cycles(int count, double tickDelayMs) {
    for (int cycle = 0; cycle < count; cycle++) {
      double late = tickDelayMs * (0.9 + 0.2 * random.nextDouble());
      double gap = PERIOD_MS * objective.tier().multiplier() + late + 200;
      freshness = freshness.with(gap, late, 200, objective.sla());
      if (TierDecider.decide(objective, freshness) instanceof Verdict.Assign(Tier tier)) {
        boolean hotter = tier.compareTo(objective.tier()) < 0;
        freshness = hotter ? freshness.promoted() : freshness.demotedNow();
        objective = objective.in(tier);
        changes.add(tier);
      }
    }
  }

  @Test
  void isPromotedWithinThreeCyclesAndDemotedWhenTheLoadGoes() {
    cycles(100, 10);
    assertThat(changes).isEmpty();

    cycles(3, 15_000);
    assertThat(changes).containsExactly(Tier.WARM);

    cycles(50, 10);
    assertThat(changes).containsExactly(Tier.WARM, Tier.COLD);
    cycles(1000, 10);
    assertThat(changes).hasSize(2);
  }

  /**
   * A third of the cycles in the coldest tier are beyond the SLA: chance makes it look either way.
   */
  @Test
  void onTheEdgeItChangesEverMoreRarely() {
    cycles(1000, 9500);
    int before = changes.size();
    cycles(1000, 9500);

    assertThat(before).isLessThanOrEqualTo(16);
    assertThat(changes.size() - before).isLessThanOrEqualTo(12);
  }

  /** A load that comes and goes, each time just when all seems well. */
  @Test
  void isNotWornOutByALoadThatComesAndGoes() {
    for (int hour = 0; hour < 200; hour++) {
      cycles(3, 15_000);
      cycles(25, 10);
    }
    assertThat(changes.size()).isLessThan(120);
  }

  @Test
  void goesToHotAndSaysSoWhereNothingHelps() {
    cycles(6, 40_000);

    assertThat(changes).containsExactly(Tier.WARM, Tier.HOT);
    cycles(2, 40_000);
    cycles(1, 40_000);
    assertThat(TierDecider.decide(objective, freshness)).isEqualTo(new Verdict.Breach());
  }
}
