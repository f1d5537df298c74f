package dev.freshet.catalog.event.refresh;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A stream table equals its defining query at a new snapshot.
 *
 * @param action {@code DIFFERENTIAL}, {@code FULL}, {@code REINITIALIZE} or {@code NO_DATA}
 * @param deltaRows changes of the sources that were read
 * @param abandonedMs how long it was tried by differences before, and given up
 * @param dataTimestamp the time of the snapshot
 */
public record RefreshCompleted(
    RefreshRun run,
    String action,
    RowCounts rows,
    OptionalLong deltaRows,
    Prediction prediction,
    OptionalDouble abandonedMs,
    Instant dataTimestamp)
    implements RefreshEvent {
  public RefreshCompleted {
    requireNonNull(run);
    requireNonNull(action);
    requireNonNull(rows);
    requireNonNull(deltaRows);
    requireNonNull(prediction);
    requireNonNull(abandonedMs);
    requireNonNull(dataTimestamp);
  }
}
