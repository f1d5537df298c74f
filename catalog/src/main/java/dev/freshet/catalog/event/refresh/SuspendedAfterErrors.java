package dev.freshet.catalog.event.refresh;

import static java.util.Objects.requireNonNull;

/** A stream table failed so often in a row that the service gave up until somebody resumes it. */
public record SuspendedAfterErrors(int errors, Failure failure) implements RefreshEvent {
  public SuspendedAfterErrors {
    requireNonNull(failure);
  }
}
