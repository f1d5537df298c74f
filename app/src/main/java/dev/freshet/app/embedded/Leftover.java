package dev.freshet.app.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * A server that outlived the process which started it, because that was killed.
 *
 * <p>The caller holds the directory, so whatever runs in it is nobody else's. A process that only
 * has the number of the dead server is left alone.
 */
final class Leftover {

  private static final Logger LOG = Logger.getLogger(Leftover.class);
  private static final String STOP_WAIT = "30";

  private final Path cluster;
  private final ServerProgram programs;

  Leftover(Path cluster, ServerProgram programs) {
    this.cluster = cluster;
    this.programs = programs;
  }

  void stop() {
    Path pidFile = cluster.resolve("postmaster.pid");
    Optional<ProcessHandle> process = processIn(pidFile);
    if (process.filter(this::isOurs).isPresent()) {
      LOG.infof("stopping the server that an earlier run left behind in %s", cluster);
      if (stop("fast") != 0 && stop("immediate") != 0) {
        throw new EmbeddedServerException(
            "the server left behind by an earlier run does not stop; its process id is "
                + process.get().pid());
      }
    } else if (process.isPresent()) {
      // Another program has the number now; PostgreSQL would take it for a server.
      delete(pidFile);
    }
  }

  private int stop(String mode) {
    return programs.status(
        "pg_ctl", "", "stop", "-D", cluster.toString(), "-m", mode, "-w", "-t", STOP_WAIT);
  }

  private boolean isOurs(ProcessHandle process) {
    String command = process.info().commandLine().orElse("");
    return command.contains("postgres") && command.contains(cluster.toString());
  }

  private static Optional<ProcessHandle> processIn(Path pidFile) {
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    try {
      List<String> lines = Files.readAllLines(pidFile);
      return lines.isEmpty()
          ? Optional.empty()
          : ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
              .filter(ProcessHandle::isAlive);
    } catch (IOException | NumberFormatException unreadable) {
      throw new EmbeddedServerException("cannot read " + pidFile, unreadable);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException failed) {
      throw new EmbeddedServerException("cannot delete " + file, failed);
    }
  }
}
