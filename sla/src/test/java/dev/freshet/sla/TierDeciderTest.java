package dev.freshet.sla;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.freshness.Tier;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Cycles of a stream table with a schedule of 3 s and an SLA of 30 s. */
class TierDeciderTest {

  private static final Duration SLA = Duration.ofSeconds(30);
  private static final Verdict KEEP = new Verdict.Keep();

  private static Objective in(Tier tier) {
    return new Objective(1, SLA, Optional.of(Duration.ofSeconds(3)), tier, false);
  }

  private static Objective byHand(Tier tier) {
    return new Objective(1, SLA, Optional.of(Duration.ofSeconds(3)), tier, true);
  }

  /** Cycles of so many seconds, which waited and took no time. */
  private static Freshness after(double... seconds) {
    Freshness freshness = Freshness.NONE;
    for (double cycle : seconds) {
      freshness = freshness.with(cycle * 1000, 0, 0, SLA);
    }
    return freshness;
  }

  @Test
  void threeCyclesThatTookTooLongMakeItHotter() {
    assertThat(TierDecider.decide(in(Tier.COLD), after(31, 31))).isEqualTo(KEEP);
    assertThat(TierDecider.decide(in(Tier.COLD), after(31, 31, 31)))
        .isEqualTo(new Verdict.Assign(Tier.WARM));
    assertThat(TierDecider.decide(in(Tier.WARM), after(31, 31, 31)))
        .isEqualTo(new Verdict.Assign(Tier.HOT));
  }

  @Test
  void oneThatDidNotBeginsTheCountAnew() {
    assertThat(TierDecider.decide(in(Tier.COLD), after(31, 31, 30, 31, 31))).isEqualTo(KEEP);
  }

  @Test
  void threeCyclesUnderHalfOfItMakeItColderIfThatHoldsIt() {
    assertThat(TierDecider.decide(in(Tier.HOT), after(14, 14))).isEqualTo(KEEP);
    assertThat(TierDecider.decide(in(Tier.HOT), after(14, 14, 14)))
        .isEqualTo(new Verdict.Assign(Tier.WARM));
    assertThat(TierDecider.decide(in(Tier.HOT), after(14, 15, 14, 14))).isEqualTo(KEEP);
    assertThat(TierDecider.decide(in(Tier.COLD), after(1, 1, 1))).isEqualTo(KEEP);
  }

  @Test
  void aTierThatIsPredictedToBreakItIsNotTried() {
    Freshness slow = after(6, 6).with(6000, 100, 200, SLA);

    assertThat(TierDecider.gapMs(in(Tier.COLD), slow)).isEqualTo(30_300);
    assertThat(TierDecider.decide(in(Tier.WARM), slow)).isEqualTo(KEEP);
    assertThat(TierDecider.decide(in(Tier.WARM), after(6, 6, 6)))
        .isEqualTo(new Verdict.Assign(Tier.COLD));
  }

  @Test
  void whereNoTierIsHotterItIsSaid() {
    assertThat(TierDecider.decide(in(Tier.HOT), after(31, 31, 31))).isEqualTo(new Verdict.Breach());
  }

  @Test
  void aTierChosenByHandIsLeftAloneAndItIsSaid() {
    assertThat(TierDecider.decide(byHand(Tier.COLD), after(31, 31, 31)))
        .isEqualTo(new Verdict.Breach());
    assertThat(TierDecider.decide(byHand(Tier.HOT), after(1, 1, 1))).isEqualTo(KEEP);
  }

  @Test
  void firingTimesAreNotStretched() {
    Objective cron = new Objective(1, SLA, Optional.empty(), Tier.WARM, false);

    assertThat(TierDecider.decide(cron, after(31, 31, 31))).isEqualTo(new Verdict.Breach());
    assertThat(TierDecider.decide(cron, after(1, 1, 1))).isEqualTo(KEEP);
  }

  @Test
  void whatWasTriedInVainIsTriedLessOften() {
    Freshness tried = after(1, 1, 1).demotedNow().with(31_000, 0, 0, SLA).promoted();

    assertThat(tried.patience()).isEqualTo(6);
    for (int cycle = 1; cycle < 6; cycle++) {
      tried = tried.with(1000, 0, 0, SLA);
      assertThat(TierDecider.decide(in(Tier.HOT), tried)).isEqualTo(KEEP);
    }
    assertThat(TierDecider.decide(in(Tier.HOT), tried.with(1000, 0, 0, SLA)))
        .isEqualTo(new Verdict.Assign(Tier.WARM));
  }

  @Test
  void theTimeWithinItIsCounted() {
    Freshness freshness = after(10, 20, 40);

    assertThat(freshness.budget().day()).isEqualTo(new Budget.Measured(60_000, 70_000));
    for (int day = 0; day < 100_000; day++) {
      freshness = freshness.with(20_000, 0, 0, SLA);
    }
    Budget.Measured day = freshness.budget().day();
    assertThat(day.totalMs()).isLessThan(86_400_000.0);
    assertThat(day.metMs() / day.totalMs()).isGreaterThan(0.9999);
  }
}
