package dev.freshet.scheduler.due;

import static java.util.Objects.requireNonNull;

import dev.freshet.catalog.event.scheduler.InitiatedBy;
import java.time.Instant;

/**
 * A stream table is due.
 *
 * @param reason {@code scheduled}, {@code manual}, {@code initial} or the reason for a FULL
 * @param since when it became so
 */
public record Due(String reason, InitiatedBy initiatedBy, Instant since) {

  public Due {
    requireNonNull(reason);
    requireNonNull(initiatedBy);
    requireNonNull(since);
  }

  /** Whether it only is because of the time, so that it can be let go if nothing has changed. */
  public boolean isRoutine() {
    return reason.equals("scheduled");
  }

  public boolean isAskedFor() {
    return initiatedBy == InitiatedBy.MANUAL;
  }
}
