package dev.freshet.catalog.event.refresh;

import static java.util.Objects.requireNonNull;

/** The changes captured do not suffice: the next refresh computes the whole query. */
public record FullRequired(String reason) implements RefreshEvent {
  public FullRequired {
    requireNonNull(reason);
  }
}
