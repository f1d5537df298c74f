package dev.freshet.app.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the server's programs to their end.
 *
 * <p>PostgreSQL refuses to run as root. In a user namespace of its own a process of root is nobody,
 * with the same access to its files.
 */
final class ServerProgram {

  private static final List<String> NOBODY = List.of("unshare", "-U");

  private final ServerBinaries binaries;
  private final Path output;

  ServerProgram(ServerBinaries binaries, Path output) {
    this.binaries = binaries;
    this.output = output;
  }

  /** Runs it and requires success. */
  void run(String program, String... arguments) {
    if (status(program, "", arguments) != 0) {
      throw new EmbeddedServerException("%s failed: %s".formatted(program, lastOutput()));
    }
  }

  /** Runs it with text as its input and requires success. */
  void feed(String input, String program, String... arguments) {
    if (status(program, input, arguments) != 0) {
      throw new EmbeddedServerException("%s failed: %s".formatted(program, lastOutput()));
    }
  }

  /** Runs it and returns its exit status. */
  int status(String program, String input, String... arguments) {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(NOBODY);
    }
    command.add(binaries.program(program).toString());
    command.addAll(List.of(arguments));
    try {
      // A file and not a pipe: a server that stays keeps it open.
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try (var writer = process.outputWriter()) {
        writer.write(input);
      }
      return process.waitFor();
    } catch (IOException failed) {
      throw new EmbeddedServerException("cannot run " + String.join(" ", command), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new EmbeddedServerException(program + " was interrupted", interrupted);
    }
  }

  private String lastOutput() {
    try {
      return Files.readString(output).strip().replaceAll("\\s*\\R\\s*", "; ");
    } catch (IOException unreadable) {
      throw new EmbeddedServerException("cannot read " + output, unreadable);
    }
  }
}
