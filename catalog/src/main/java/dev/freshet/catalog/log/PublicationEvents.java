package dev.freshet.catalog.log;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.freshet.catalog.event.publication.PublicationCreated;
import dev.freshet.catalog.event.publication.PublicationDropped;
import dev.freshet.catalog.event.publication.PublicationEvent;
import dev.freshet.catalog.event.publication.PublicationRepaired;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Events of publications as JSON. */
final class PublicationEvents {

  private PublicationEvents() {}

  /** Version 1 of the type, if it is one of this family. */
  static Optional<PublicationEvent> read(String type, Payload from) {
    return Optional.ofNullable(
        switch (type) {
          case "PublicationCreated" ->
              new PublicationCreated(from.text("publication"), from.flag("added"));
          case "PublicationDropped" ->
              new PublicationDropped(from.text("publication"), from.flag("kept"));
          case "PublicationRepaired" ->
              new PublicationRepaired(from.text("publication"), faults(from));
          default -> null;
        });
  }

  static Payload write(PublicationEvent event) {
    Payload to = Payload.empty();
    return switch (event) {
      case PublicationCreated created ->
          to.put("publication", created.publication()).put("added", created.added());
      case PublicationDropped dropped ->
          to.put("publication", dropped.publication()).put("kept", dropped.kept());
      case PublicationRepaired repaired -> {
        ArrayNode faults = to.node().arrayNode();
        repaired.faults().forEach(faults::add);
        yield to.put("publication", repaired.publication()).put("faults", faults);
      }
    };
  }

  private static List<String> faults(Payload from) {
    List<String> faults = new ArrayList<>();
    from.get("faults").forEach(fault -> faults.add(fault.asText()));
    return faults;
  }
}
