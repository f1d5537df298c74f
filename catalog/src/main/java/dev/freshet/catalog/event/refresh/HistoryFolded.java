package dev.freshet.catalog.event.refresh;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Stands for outcomes older than the retention, up to a completed refresh.
 *
 * @param dataTimestamp of that refresh
 * @param lastRefreshAt its end
 * @param lastFullMs how long the last one of them in FULL mode took
 */
public record HistoryFolded(
    RefreshCounts refreshes,
    RowCounts rows,
    double totalDurationMs,
    Optional<Instant> dataTimestamp,
    Instant lastRefreshAt,
    OptionalDouble lastFullMs)
    implements RefreshEvent {
  public HistoryFolded {
    requireNonNull(refreshes);
    requireNonNull(rows);
    requireNonNull(dataTimestamp);
    requireNonNull(lastRefreshAt);
    requireNonNull(lastFullMs);
  }
}
