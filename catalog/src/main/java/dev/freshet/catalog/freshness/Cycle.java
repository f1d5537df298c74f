package dev.freshet.catalog.freshness;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * From one look at a stream table to the end of the next one, which found or made it fresh.
 *
 * @param tier in which it was
 * @param gap how old its content had become when the cycle ended
 * @param waited for its turn, since it was due
 * @param took once it had its turn
 */
public record Cycle(long pgtId, Tier tier, Duration gap, Duration waited, Duration took) {
  public Cycle {
    requireNonNull(tier);
    requireNonNull(gap);
    requireNonNull(waited);
    requireNonNull(took);
  }
}
