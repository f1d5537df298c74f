package dev.freshet.catalog.event.surface;

import static java.util.Objects.requireNonNull;

/** A stream table was created; it is empty. */
public record StreamTableCreated(
    long pgtId,
    Relations relations,
    DefiningQuery query,
    RefreshOptions refresh,
    CaptureOptions capture,
    Belonging belonging)
    implements SurfaceEvent {
  public StreamTableCreated {
    requireNonNull(relations);
    requireNonNull(query);
    requireNonNull(refresh);
    requireNonNull(capture);
    requireNonNull(belonging);
  }
}
