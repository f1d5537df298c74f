package dev.freshet.app.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The shop's SQL, in files beside this class. */
final class Statements {

  private Statements() {}

  static String read(String name) {
    try (InputStream file = Statements.class.getResourceAsStream(name + ".sql")) {
      if (file == null) {
        throw new IllegalStateException("the build left out " + name + ".sql");
      }
      return new String(file.readAllBytes(), UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
