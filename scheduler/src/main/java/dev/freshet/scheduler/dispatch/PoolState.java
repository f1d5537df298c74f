package dev.freshet.scheduler.dispatch;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The pool of workers, as who gives it work sees it.
 *
 * @param workers how many components may be refreshed at the same time; 1 is one after another
 * @param busy how many are being refreshed
 * @param queued how many have work and wait for a worker
 * @param longestWait of those that wait now
 * @param meanWait of those that got a worker lately, from when they were due
 */
public record PoolState(
    int workers, int busy, int queued, Duration longestWait, Duration meanWait) {

  /** Before anything has happened. */
  public static final PoolState UNUSED = new PoolState(0, 0, 0, Duration.ZERO, Duration.ZERO);

  public PoolState {
    requireNonNull(longestWait);
    requireNonNull(meanWait);
  }

  /** Whether the same can be said of both but for what is busy at the moment. */
  public boolean readsLike(PoolState other) {
    return equals(
        new PoolState(other.workers, busy, other.queued, other.longestWait, other.meanWait));
  }
}
