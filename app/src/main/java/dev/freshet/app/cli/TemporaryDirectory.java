package dev.freshet.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory that goes away with everything in it. */
record TemporaryDirectory(Path path) implements AutoCloseable {

  static TemporaryDirectory create(String prefix) {
    try {
      return new TemporaryDirectory(Files.createTempDirectory(prefix));
    } catch (IOException failed) {
      throw new CommandFailure("cannot create a temporary directory: " + failed, failed);
    }
  }

  @Override
  public void close() {
    try {
      List<Path> paths;
      try (Stream<Path> walk = Files.walk(path)) {
        paths = walk.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path each : paths) {
        Files.delete(each);
      }
    } catch (IOException failed) {
      throw new CommandFailure("cannot delete " + path + ": " + failed, failed);
    }
  }
}
