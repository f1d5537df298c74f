package dev.freshet.catalog.event.refresh;

import static java.util.Objects.requireNonNull;

/**
 * Who ran a refresh, and on whose behalf.
 *
 * @param worker its name
 * @param initiatedBy {@code SCHEDULER}, {@code MANUAL} or {@code INITIAL}
 */
public record Dispatch(String worker, long tickId, String initiatedBy) {
  public Dispatch {
    requireNonNull(worker);
    requireNonNull(initiatedBy);
  }
}
