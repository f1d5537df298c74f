package dev.freshet.refresh.worker;

import java.time.Duration;

/**
 * When a failed refresh is tried again: after one second, then after twice as long each time. Pure.
 */
final class RetryDecider {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int DOUBLINGS_MAX = 10;

  private final int errorsMax;

  RetryDecider(int errorsMax) {
    this.errorsMax = errorsMax;
  }

  /** What follows from a failure. */
  record Retry(Duration after, boolean suspend) {}

  /**
   * @param errors how many refreshes in a row had failed before
   */
  Retry decide(int errors) {
    Duration after = FIRST.multipliedBy(1L << Math.min(errors, DOUBLINGS_MAX));
    return new Retry(after.compareTo(LONGEST) > 0 ? LONGEST : after, errors + 1 >= errorsMax);
  }
}
