package dev.freshet.catalog.event.surface;

import static java.util.Objects.requireNonNull;

/** How the changes of a stream table's sources are captured, and what is promised about them. */
public record CaptureOptions(String cdcMode, boolean appendOnly) {
  public CaptureOptions {
    requireNonNull(cdcMode);
  }
}
