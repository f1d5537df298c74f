package dev.freshet.app.crash;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to die in every phase of both kinds of refreshes. */
class FailpointsSuite {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private static Path directory;

  @SuppressWarnings("NullAway.Init") // set before all
  private static Failpoints failpoints;

  @BeforeAll
  static void start() throws Exception {
    failpoints = new Failpoints(directory);
  }

  @AfterAll
  static void stop() throws Exception {
    failpoints.close();
  }

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
    failpoints.die(kind, phase, fault);
  }
}
