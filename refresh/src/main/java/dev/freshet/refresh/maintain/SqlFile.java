package dev.freshet.refresh.maintain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Fixed SQL that stands in files beside this package's classes. */
final class SqlFile {

  private SqlFile() {}

  static String read(String name) {
    try (InputStream stream = SqlFile.class.getResourceAsStream(name + ".sql")) {
      if (stream == null) {
        throw new IllegalStateException("no such SQL file: " + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot read SQL file " + name, failed);
    }
  }
}
