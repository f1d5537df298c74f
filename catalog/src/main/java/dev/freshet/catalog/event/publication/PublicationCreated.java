package dev.freshet.catalog.event.publication;

import static java.util.Objects.requireNonNull;

/**
 * A stream table is published.
 *
 * @param added to a publication of others; else it is the first in its own
 */
public record PublicationCreated(String publication, boolean added) implements PublicationEvent {
  public PublicationCreated {
    requireNonNull(publication);
  }
}
