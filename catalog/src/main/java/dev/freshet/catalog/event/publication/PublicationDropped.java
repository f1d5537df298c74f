package dev.freshet.catalog.event.publication;

import static java.util.Objects.requireNonNull;

/**
 * A stream table is not published any more.
 *
 * @param kept whether the publication goes on, with others in it
 */
public record PublicationDropped(String publication, boolean kept) implements PublicationEvent {
  public PublicationDropped {
    requireNonNull(publication);
  }
}
