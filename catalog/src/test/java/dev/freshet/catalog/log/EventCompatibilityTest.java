package dev.freshet.catalog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.event.Event;
import dev.freshet.catalog.event.UnknownEvent;
import dev.freshet.catalog.event.publication.PublicationEvent;
import dev.freshet.catalog.event.refresh.RefreshEvent;
import dev.freshet.catalog.event.sla.SlaEvent;
import dev.freshet.catalog.event.surface.SurfaceEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One approved JSON per event and version: what was once written can be read, and is written the
 * same.
 */
class EventCompatibilityTest {

  static Stream<String> types() {
    return Stream.of(SurfaceEvent.class, RefreshEvent.class, SlaEvent.class, PublicationEvent.class)
        .flatMap(family -> Arrays.stream(family.getPermittedSubclasses()))
        .map(Class::getSimpleName);
  }

  @ParameterizedTest
  @MethodSource("types")
  void approvedFormIsReadAndWritten(String type) throws IOException {
    String approved = approved(type);

    Event event = EventCodec.read(type, 1, approved);

    assertThat(EventCodec.typeOf(event)).isEqualTo(type);
    assertThat(event).isNotInstanceOf(UnknownEvent.class);
    assertThat(Payload.parseNode(EventCodec.write(event))).isEqualTo(Payload.parseNode(approved));
    assertThat(EventCodec.read(type, 1, EventCodec.write(event))).isEqualTo(event);
  }

  @Test
  void eachTypeHasItsApprovedForm() throws IOException {
    Set<String> approved = new TreeSet<>();
    try (InputStream list = EventCompatibilityTest.class.getResourceAsStream("approved")) {
      assertThat(list).isNotNull();
      new String(list.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(approved::add);
    }
    assertThat(approved)
        .isEqualTo(types().map(type -> type + ".1.json").collect(Collectors.toSet()));
  }

  @Test
  void unknownTypeIsHandedOn() {
    assertThat(EventCodec.read("MoonPhaseChanged", 1, "{\"phase\": \"full\"}"))
        .isEqualTo(new UnknownEvent("MoonPhaseChanged", 1, "{\"phase\": \"full\"}"));
  }

  @Test
  void unknownVersionIsHandedOn() {
    assertThat(EventCodec.read("RepairWanted", 2, "{}"))
        .isEqualTo(new UnknownEvent("RepairWanted", 2, "{}"));
  }

  private static String approved(String type) throws IOException {
    String name = "approved/" + type + ".1.json";
    try (InputStream file = EventCompatibilityTest.class.getResourceAsStream(name)) {
      assertThat(file).as(name).isNotNull();
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
