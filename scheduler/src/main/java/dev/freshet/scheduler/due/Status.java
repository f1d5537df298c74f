package dev.freshet.scheduler.due;

import java.time.Instant;
import java.util.Optional;

/** How a stream table is, as far as its scheduling goes. */
public sealed interface Status {

  /** It has the rows of a snapshot, and can be refreshed. */
  record Active() implements Status {}

  /**
   * It has not been filled.
   *
   * @param wanted whether the service fills it by itself; else it waits for the first refresh asked
   *     for
   */
  record Initializing(boolean wanted) implements Status {}

  /**
   * Its last refresh failed.
   *
   * @param retryAt when the next is tried; empty: not before something is changed
   */
  record Failed(Optional<Instant> retryAt) implements Status {}

  /** Nobody wants it refreshed. */
  record Suspended() implements Status {}
}
