package dev.freshet.app.crash;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** One server and one service for all deaths of a class. */
abstract class Deaths {

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

  static void die(Phase.Kind kind, Phase phase, Fault fault) throws Exception {
    failpoints.die(kind, phase, fault);
  }
}
