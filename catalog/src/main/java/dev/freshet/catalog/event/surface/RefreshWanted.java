package dev.freshet.catalog.event.surface;

import static java.util.Objects.requireNonNull;

/**
 * Somebody asks for a refresh that reflects every commit before the call. The request's id is the
 * event's.
 *
 * @param snapshot {@code pg_snapshot} of the call
 */
public record RefreshWanted(String snapshot) implements SurfaceEvent {
  public RefreshWanted {
    requireNonNull(snapshot);
  }
}
