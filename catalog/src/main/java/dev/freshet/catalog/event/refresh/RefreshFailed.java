package dev.freshet.catalog.event.refresh;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A refresh failed; the stream table is as it was.
 *
 * @param action the mode that failed, where it was chosen already
 * @param retryAt when it is tried again, if it is
 */
public record RefreshFailed(
    RefreshRun run, Optional<String> action, Failure failure, Optional<Instant> retryAt)
    implements RefreshEvent {
  public RefreshFailed {
    requireNonNull(run);
    requireNonNull(action);
    requireNonNull(failure);
    requireNonNull(retryAt);
  }
}
