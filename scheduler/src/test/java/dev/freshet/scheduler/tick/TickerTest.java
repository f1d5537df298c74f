package dev.freshet.scheduler.tick;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When the next look at what is due comes, whatever is heard meanwhile. */
class TickerTest {

  private static final long INTERVAL = 100;

  @Test
  void looksThatSignalsHaveCausedPutOffNoOther() {
    long due = 1000;
    for (long now = 901; now < 1000; now++) {
      due = Ticker.after(due, INTERVAL, now);
    }
    assertThat(due).isEqualTo(1000);
  }

  @Test
  void lookFollowsLookInTheInterval() {
    assertThat(Ticker.after(1000, INTERVAL, 1000)).isEqualTo(1100);
    assertThat(Ticker.after(1000, INTERVAL, 1030)).isEqualTo(1100);
  }

  @Test
  void afterALongLookTheNextComesAtOnceAndOnce() {
    assertThat(Ticker.after(1000, INTERVAL, 5000)).isEqualTo(5000);
    assertThat(Ticker.after(5000, INTERVAL, 5001)).isEqualTo(5100);
  }
}
