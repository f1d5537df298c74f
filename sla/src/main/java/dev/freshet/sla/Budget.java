package dev.freshet.sla;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How the time is spent in which content may be older than its objective: one hundredth of a day.
 * Immutable.
 *
 * @param day of about the last day
 * @param hour of about the last hour
 * @param worstMs how old the content got at worst, in the newer part of the day
 * @param worstBeforeMs the same in the older part
 */
record Budget(Measured day, Measured hour, double worstMs, double worstBeforeMs) {

  static final Budget NONE = new Budget(Measured.NONE, Measured.NONE, 0, 0);

  /** The share of the time that may be missed. */
  private static final double MISSED_MAX = 0.01;

  private static final double DAY_MS = Duration.ofDays(1).toMillis();
  private static final double HOUR_MS = Duration.ofHours(1).toMillis();

  /**
   * Time that was looked at.
   *
   * @param metMs so much of it was within the objective
   */
  record Measured(double metMs, double totalMs) {
    static final Measured NONE = new Measured(0, 0);

    private Measured with(double cycleMs, double slaMs, double memoryMs) {
      double fading = isFull(cycleMs, memoryMs) ? 0.5 : 1;
      return new Measured(
          (metMs + Math.min(cycleMs, slaMs)) * fading, (totalMs + cycleMs) * fading);
    }

    private boolean isFull(double cycleMs, double memoryMs) {
      return totalMs + cycleMs > memoryMs;
    }

    private double missedMs() {
      return totalMs - metMs;
    }
  }

  Budget {
    requireNonNull(day);
    requireNonNull(hour);
  }

  /** With a cycle more. */
  Budget with(double cycleMs, double slaMs) {
    boolean fades = day.isFull(cycleMs, DAY_MS);
    return new Budget(
        day.with(cycleMs, slaMs, DAY_MS),
        hour.with(cycleMs, slaMs, HOUR_MS),
        fades ? cycleMs : Math.max(worstMs, cycleMs),
        fades ? worstMs : worstBeforeMs);
  }

  /** The share of it that is left; negative where more was spent. */
  double left() {
    return 1 - day.missedMs() / (MISSED_MAX * DAY_MS);
  }

  /** How many times faster than it lasts for it was spent during the last hour. */
  double burnRate() {
    return hour.missedMs() / (MISSED_MAX * HOUR_MS);
  }
}
