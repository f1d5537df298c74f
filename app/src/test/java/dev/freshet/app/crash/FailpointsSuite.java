package dev.freshet.app.crash;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to die in every phase of both kinds of refreshes. */
class FailpointsSuite extends Deaths {

  static Stream<Arguments> all() {
    return Stream.of(Phase.Kind.values())
        .flatMap(kind ->
            Stream.of(Phase.values())
                .filter(phase -> phase.isOf(kind))
                .flatMap(phase ->
                    Stream.of(Fault.values()).map(fault -> Arguments.of(kind, phase, fault))));
  }

  @ParameterizedTest
  @MethodSource("all")
  void whateverDiesIsAsBeforeOrAsAfterAndFreshAgain(Phase.Kind kind, Phase phase, Fault fault)
      throws Exception {
    die(kind, phase, fault);
  }
}
