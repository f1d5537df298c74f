package dev.freshet.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.cost.Overrun;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CostHistoryTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration WINDOW = Duration.ofMinutes(60);

  private static CostHistory refreshed(CostHistory history, Instant at) {
    return history.withDifferential(at, 1, 1, WINDOW);
  }

  private static long samples(CostHistory history, Instant now) {
    return history.pointsOf(now, WINDOW).moments().count();
  }

  @Test
  void whatIsOlderThanTheWindowIsForgotten() {
    CostHistory history = refreshed(refreshed(CostHistory.NONE, NOON), NOON.plusSeconds(1800));

    assertThat(samples(history, NOON.plusSeconds(1800))).isEqualTo(2);
    assertThat(samples(history, NOON.plusSeconds(3599))).isEqualTo(2);
    assertThat(samples(history, NOON.plusSeconds(3600))).isEqualTo(1);
    assertThat(samples(history, NOON.plusSeconds(3600 + 1800))).isZero();
  }

  @Test
  void takesNoMoreMemoryHoweverOftenItIsRefreshed() {
    CostHistory history = CostHistory.NONE;
    for (int second = 0; second < 20_000; second++) {
      history = refreshed(history, NOON.plusSeconds(second));
    }

    assertThat(history.slices()).hasSize(CostHistory.SLICES);
    assertThat(samples(history, NOON.plusSeconds(19_999))).isBetween(3540L, 3600L);
  }

  @Test
  void aClockSetBackForgetsNothingAndOneSetFarBackEverything() {
    CostHistory history = refreshed(CostHistory.NONE, NOON);

    assertThat(samples(history, NOON.minusSeconds(60))).isEqualTo(1);
    assertThat(samples(history, NOON.minusSeconds(7200))).isZero();
    CostHistory back = refreshed(history, NOON.minusSeconds(7200));
    assertThat(samples(back, NOON.minusSeconds(7200))).isEqualTo(1);
    assertThat(samples(back, NOON)).isZero();
  }

  @Test
  void anotherDefinitionIsLearnedAnew() {
    CostHistory history = refreshed(CostHistory.NONE, NOON).withFull(70).at(9).redefined();

    assertThat(samples(history, NOON)).isZero();
    assertThat(history.fullMs()).isEqualTo(OptionalDouble.of(70));
    assertThat(history.lastChanges()).isEqualTo(OptionalLong.empty());
    assertThat(history.revision()).isEqualTo(9);
  }

  /** Given up, and done whole. */
  private static CostHistory overrun(CostHistory history, long changes) {
    return history.withFull(50).withOverrun(changes, 900);
  }

  private static int fullsUntilItIsTriedAgain(CostHistory history) {
    int fulls = 0;
    for (CostHistory next = history; next.countedOverrun().isPresent(); next = next.withFull(50)) {
      fulls++;
    }
    return fulls;
  }

  @Test
  void anOverrunCountsForAFewRefreshesAndForTwiceAsManyEachTime() {
    CostHistory history = CostHistory.NONE;
    for (int times : new int[] {4, 8, 16, 32, 64, 64}) {
      history = overrun(history, 10);

      assertThat(history.countedOverrun()).contains(new Overrun(10, 900));
      assertThat(fullsUntilItIsTriedAgain(history)).isEqualTo(times);
    }
  }

  @Test
  void anOverrunIsForgottenOnceAsManyChangesCameToTheirEnd() {
    CostHistory history = overrun(overrun(CostHistory.NONE, 10), 10);

    assertThat(fullsUntilItIsTriedAgain(history.withDifferential(NOON, 9, 1, WINDOW))).isEqualTo(8);
    CostHistory passed = history.withDifferential(NOON, 10, 1, WINDOW);
    assertThat(passed.countedOverrun()).isEmpty();
    assertThat(fullsUntilItIsTriedAgain(overrun(passed, 10))).isEqualTo(4);
    assertThat(history.redefined().countedOverrun()).isEmpty();
  }
}
