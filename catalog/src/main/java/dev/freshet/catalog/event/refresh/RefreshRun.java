package dev.freshet.catalog.event.refresh;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * One attempt to refresh a stream table.
 *
 * @param reason why it was refreshed, or not
 * @param startTime the database's time
 */
public record RefreshRun(String reason, Instant startTime, Duration duration, Dispatch dispatch) {
  public RefreshRun {
    requireNonNull(reason);
    requireNonNull(startTime);
    requireNonNull(duration);
    requireNonNull(dispatch);
  }

  public Instant endTime() {
    return startTime.plus(duration);
  }
}
