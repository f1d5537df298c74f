package dev.freshet.catalog.event.surface;

import static java.util.Objects.requireNonNull;

/**
 * A stream table has another defining query.
 *
 * @param relid its table, another one if the columns did not allow to keep it
 * @param viewRelid the view that holds the new definition
 */
public record StreamTableRedefined(long relid, long viewRelid, DefiningQuery query)
    implements SurfaceEvent {
  public StreamTableRedefined {
    requireNonNull(query);
  }
}
