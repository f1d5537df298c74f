package dev.freshet.app.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The directory of one embedded server, held by one process at a time. */
public final class DataDirectory implements AutoCloseable {

  private final Path path;
  private final FileChannel lock;

  private DataDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Where the demo lives unless it is told otherwise. */
  public static Path ofDemo(Map<String, String> environment) {
    return Optional.ofNullable(environment.get("XDG_DATA_HOME"))
        .filter(home -> !home.isBlank())
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".local", "share"))
        .resolve("freshet")
        .resolve("demo");
  }

  /**
   * Creates the directory if need be, and takes hold of it.
   *
   * @throws EmbeddedServerException if another process holds it
   */
  public static DataDirectory open(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    try {
      Files.createDirectories(absolute);
      FileChannel lock = FileChannel.open(absolute.resolve("lock"), CREATE, WRITE);
      if (!isTaken(lock)) {
        lock.close();
        throw new EmbeddedServerException("another process is using " + absolute);
      }
      return new DataDirectory(absolute, lock);
    } catch (IOException failed) {
      throw new EmbeddedServerException("cannot write in " + absolute + ": " + failed, failed);
    }
  }

  /** The lock ends with the process, however that ends. */
  private static boolean isTaken(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  public Path path() {
    return path;
  }

  Path cluster() {
    return path.resolve("cluster");
  }

  Path servers() {
    return path.resolve("server");
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
