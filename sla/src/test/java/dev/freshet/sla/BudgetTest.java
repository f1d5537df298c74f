package dev.freshet.sla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BudgetTest {

  private static final double SLA_MS = 10_000;

  private static Budget after(int cycles, double cycleMs, Budget budget) {
    Budget next = budget;
    for (int cycle = 0; cycle < cycles; cycle++) {
      next = next.with(cycleMs, SLA_MS);
    }
    return next;
  }

  @Test
  void isWholeWhileNothingIsMissed() {
    Budget budget = after(1000, SLA_MS, Budget.NONE);

    assertThat(budget.left()).isEqualTo(1);
    assertThat(budget.burnRate()).isZero();
    assertThat(Budget.NONE.left()).isEqualTo(1);
  }

  /** 864 s of a day may be missed, and 36 s of an hour. */
  @Test
  void isSpentByWhatIsBeyondTheSla() {
    Budget budget = after(10, SLA_MS + 43_200, Budget.NONE);

    assertThat(budget.left()).isEqualTo(0.5, within(1e-9));
    assertThat(budget.burnRate()).isEqualTo(12, within(1e-9));
    assertThat(after(30, SLA_MS + 43_200, Budget.NONE).left()).isEqualTo(-0.5, within(1e-9));
  }

  @Test
  void whatWasSpentIsForgottenAboutADayLaterAndTheRateAboutAnHour() {
    Budget spent = after(10, SLA_MS + 43_200, Budget.NONE);

    Budget anHourLater = after(1400, SLA_MS, spent);
    assertThat(anHourLater.burnRate()).isLessThan(0.5);
    assertThat(anHourLater.left()).isEqualTo(0.5, within(1e-9));
    assertThat(after(26_000, SLA_MS, spent).left()).isGreaterThan(0.9);
  }

  @Test
  void theWorstIsRememberedForAboutADay() {
    Budget budget = after(1, 77_000, after(100, 5000, Budget.NONE));

    assertThat(after(8000, SLA_MS, budget).worstMs()).isEqualTo(77_000);
    Budget later = after(10_000, SLA_MS, budget);
    assertThat(later.worstMs()).isEqualTo(SLA_MS);
    assertThat(later.worstBeforeMs()).isEqualTo(77_000);
    assertThat(after(10_000, SLA_MS, later).worstBeforeMs()).isEqualTo(SLA_MS);
  }
}
