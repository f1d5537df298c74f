package dev.freshet.catalog.event.surface;

import static java.util.Objects.requireNonNull;

/** How a stream table is to be refreshed, in the words of the SQL surface. */
public record RefreshOptions(
    String schedule,
    String refreshMode,
    String tier,
    String diamondConsistency,
    boolean initialize) {
  public RefreshOptions {
    requireNonNull(schedule);
    requireNonNull(refreshMode);
    requireNonNull(tier);
    requireNonNull(diamondConsistency);
  }
}
