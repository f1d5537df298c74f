package dev.freshet.catalog.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Fixed SQL that lies in files. */
public final class SqlFile {

  private SqlFile() {}

  /**
   * The text of a file.
   *
   * @param neighbour a class beside which it lies
   * @param name with its ending; with a slash before it from the root of the resources
   * @throws IllegalStateException if the build left it out
   */
  public static String read(Class<?> neighbour, String name) {
    try (InputStream file = neighbour.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("the build left out " + name);
      }
      return new String(file.readAllBytes(), UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
