package dev.freshet.refresh.maintain.logic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The files that {@code net.hydromatic:sql-logic-test} brings along. */
final class LogicFiles implements AutoCloseable {

  private final FileSystem jar;

  LogicFiles() throws IOException, URISyntaxException {
    URI first =
        Objects.requireNonNull(
                LogicFiles.class.getResource("/test/select1.test"),
                "run with -Psqllogictest, which brings the files")
            .toURI();
    this.jar = FileSystems.newFileSystem(first, Map.of());
  }

  /** Paths below the root of the tests, in alphabetical order. */
  List<String> names() throws IOException {
    Path root = jar.getPath("/test");
    try (Stream<Path> paths = Files.walk(root)) {
      return paths
          .filter(path -> path.toString().endsWith(".test"))
          .map(path -> root.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  LogicFile read(String name) {
    try {
      return LogicFile.parse(Files.readString(jar.getPath("/test", name)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public void close() throws IOException {
    jar.close();
  }
}
