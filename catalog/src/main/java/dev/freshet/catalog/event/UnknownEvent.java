package dev.freshet.catalog.event;

import static java.util.Objects.requireNonNull;

/**
 * An event of a type or version that this service does not know: a newer one has written it. It is
 * handed on, so that a consumer can refuse to go on, never dropped.
 *
 * @param payload as JSON
 */
public record UnknownEvent(String type, int version, String payload) implements Event {
  public UnknownEvent {
    requireNonNull(type);
    requireNonNull(payload);
  }
}
