package dev.freshet.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A query as an argument: its text, {@code -} for the standard input, or {@code file:PATH}. */
final class QueryText {

  private static final String FILE = "file:";

  private QueryText() {}

  static String of(String argument) {
    try {
      if (argument.equals("-")) {
        return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
      }
      return argument.startsWith(FILE)
          ? Files.readString(Path.of(argument.substring(FILE.length())))
          : argument;
    } catch (NoSuchFileException missing) {
      throw new CommandFailure("there is no file " + missing.getFile(), missing);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
