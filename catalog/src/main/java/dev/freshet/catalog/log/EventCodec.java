package dev.freshet.catalog.log;

import dev.freshet.catalog.event.Event;
import dev.freshet.catalog.event.UnknownEvent;
import dev.freshet.catalog.event.publication.PublicationEvent;
import dev.freshet.catalog.event.refresh.RefreshEvent;
import dev.freshet.catalog.event.sla.SlaEvent;
import dev.freshet.catalog.event.surface.SurfaceEvent;
import java.util.Optional;

/**
 * Events as the log keeps them: a type, a version, and JSON. What is not known here is read as
 * unknown, never lost.
 */
final class EventCodec {

  private static final int VERSION = 1;

  private EventCodec() {}

  static String typeOf(Event event) {
    return event instanceof UnknownEvent unknown
        ? unknown.type()
        : event.getClass().getSimpleName();
  }

  static String write(Event event) {
    return switch (event) {
      case SurfaceEvent surface -> SurfaceEvents.write(surface).toString();
      case RefreshEvent refresh -> RefreshEvents.write(refresh).toString();
      case SlaEvent sla -> SlaEvents.write(sla).toString();
      case PublicationEvent publication -> PublicationEvents.write(publication).toString();
      case UnknownEvent unknown -> unknown.payload();
      default -> throw new IllegalStateException("an event of no family: " + event);
    };
  }

  static Event read(String type, int version, String payload) {
    Optional<Event> known =
        version == VERSION ? known(type, Payload.parse(payload)) : Optional.empty();
    return known.orElseGet(() -> new UnknownEvent(type, version, payload));
  }

  private static Optional<Event> known(String type, Payload payload) {
    return SurfaceEvents.read(type, payload)
        .<Event>map(surface -> surface)
        .or(() -> RefreshEvents.read(type, payload))
        .or(() -> SlaEvents.read(type, payload))
        .or(() -> PublicationEvents.read(type, payload));
  }
}
