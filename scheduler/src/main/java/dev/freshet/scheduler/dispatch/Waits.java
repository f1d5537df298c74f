package dev.freshet.scheduler.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** How long components wait for a worker. Belongs to the coordinator's thread. */
public final class Waits {

  /** The share of the newest in the mean. */
  private static final double NEWEST = 1.0 / 16;

  private List<Instant> waiting = List.of();
  private double meanMillis;
  private boolean known;

  /** One has got a worker. */
  public void ended(Instant since, Instant now) {
    double millis = between(since, now).toMillis();
    meanMillis = known ? meanMillis + (millis - meanMillis) * NEWEST : millis;
    known = true;
  }

  /** All those that wait now, since then. */
  public void waiting(Collection<Instant> since) {
    waiting = List.copyOf(since);
  }

  public PoolState state(int workers, int busy, Instant now) {
    Duration longest =
        waiting.stream()
            .map(since -> between(since, now))
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    return new PoolState(
        workers, busy, waiting.size(), longest, Duration.ofMillis(Math.round(meanMillis)));
  }

  /** Never less than nothing, though the clock may have been set back. */
  private static Duration between(Instant since, Instant now) {
    return now.isAfter(since) ? Duration.between(since, now) : Duration.ZERO;
  }
}
