package dev.freshet.catalog.event.surface;

import java.util.Map;

/**
 * Options of a stream table were changed.
 *
 * @param changes what was changed, by its name in the catalog, and the new value as JSON
 */
public record StreamTableAltered(Map<String, String> changes) implements SurfaceEvent {
  public StreamTableAltered {
    changes = Map.copyOf(changes);
  }
}
