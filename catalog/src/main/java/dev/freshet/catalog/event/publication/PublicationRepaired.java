package dev.freshet.catalog.event.publication;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Somebody had changed the publication of a stream table; it is again what it was. Its subscribers
 * may have missed changes.
 *
 * @param faults what was found
 */
public record PublicationRepaired(String publication, List<String> faults)
    implements PublicationEvent {
  public PublicationRepaired {
    requireNonNull(publication);
    faults = List.copyOf(faults);
  }
}
