package dev.freshet.catalog.event.surface;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/**
 * How old a stream table's content may be was set, or taken away.
 *
 * @param deadlineMs empty: nobody says any more
 * @param tier that follows from it, or was chosen by hand
 */
public record SlaSet(OptionalLong deadlineMs, String tier, boolean tierByHand)
    implements SurfaceEvent {
  public SlaSet {
    requireNonNull(deadlineMs);
    requireNonNull(tier);
  }
}
