package dev.freshet.catalog.event.surface;

import static java.util.Objects.requireNonNull;

/** A stream table is not to be refreshed until it is resumed. */
public record StreamTableSuspended(String reason) implements SurfaceEvent {
  public StreamTableSuspended {
    requireNonNull(reason);
  }
}
