package dev.freshet.sla;

import java.time.Duration;

/**
 * How the cycles of a stream table have been under its objective. Immutable; kept in the catalog,
 * so that a restart forgets nothing.
 *
 * @param exceeded cycles in a row that took longer than the objective
 * @param spare cycles in a row that took less than half of it
 * @param patience so many of them before a colder tier is tried
 * @param demoted whether the last change was to a colder tier
 * @param gapMs of the last cycle
 * @param waits how long the last cycles waited for their turn
 * @param durations how long they took then
 * @param budget of the time in which it may be older
 */
record Freshness(
    int exceeded,
    int spare,
    int patience,
    boolean demoted,
    double gapMs,
    Recent waits,
    Recent durations,
    Budget budget) {

  /** Cycles that must agree before anything changes. */
  static final int CYCLES = 3;

  static final Freshness NONE =
      new Freshness(0, 0, CYCLES, false, 0, Recent.NONE, Recent.NONE, Budget.NONE);

  private static final int PATIENCE_MAX = 96;

  /** With a cycle more. */
  Freshness with(double cycleMs, double waitedMs, double tookMs, Duration sla) {
    double slaMs = sla.toMillis();
    return new Freshness(
        cycleMs > slaMs ? exceeded + 1 : 0,
        cycleMs < slaMs / 2 ? spare + 1 : 0,
        patience,
        demoted,
        cycleMs,
        waits.with(waitedMs),
        durations.with(tookMs),
        budget.with(cycleMs, slaMs));
  }

  /**
   * In a hotter tier. If it was colder that has just been tried, it is tried less often from now
   * on: what looks like room from here has proved to be none.
   */
  Freshness promoted() {
    return changed(demoted ? Math.min(2 * patience, PATIENCE_MAX) : patience, false);
  }

  /** In a colder tier. */
  Freshness demotedNow() {
    return changed(patience, true);
  }

  private Freshness changed(int nextPatience, boolean isDemoted) {
    return new Freshness(0, 0, nextPatience, isDemoted, gapMs, waits, durations, budget);
  }
}
