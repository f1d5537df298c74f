package dev.freshet.catalog.log;

import static java.util.Objects.requireNonNull;

import dev.freshet.catalog.event.Event;
import java.time.Instant;

/**
 * An event with its place in the log.
 *
 * @param id for a request, the request's id
 * @param revision its number in its stream, from 1
 * @param author the role that logged in
 */
public record LoggedEvent(
    long id, EventStream stream, long revision, String author, Instant at, Event event) {
  public LoggedEvent {
    requireNonNull(stream);
    requireNonNull(author);
    requireNonNull(at);
    requireNonNull(event);
  }

  /** The stream table that it is about. */
  public long pgtId() {
    return stream.pgtId();
  }
}
