package dev.freshet.app.bench;

import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.catalog.database.Session;

/**
 * Measures work of one session: wall time here, CPU time in the server's process.
 *
 * <p>The process reads its own {@code /proc/self/schedstat}, whose first number is nanoseconds on a
 * CPU; that needs the right to read server files, and Linux. Without it CPU times are absent and
 * ratios are of wall times.
 */
final class Meter {

  private static final String CPU =
      "SELECT split_part(pg_read_file('/proc/self/schedstat'), ' ', 1)::bigint";

  private final Session session;
  private final boolean readsCpu;

  Meter(Session session) {
    this.session = session;
    this.readsCpu = canReadCpu(session);
  }

  private static boolean canReadCpu(Session session) {
    try {
      session.query(CPU);
      return true;
    } catch (DatabaseException notAllowed) {
      return false;
    }
  }

  /** Runs the work and says what it took. */
  Cost of(Runnable work) {
    long cpuBefore = cpuNanos();
    long before = System.nanoTime();
    work.run();
    long wall = System.nanoTime() - before;
    long cpu = cpuNanos() - cpuBefore;
    return new Cost(wall / 1e6, readsCpu ? cpu / 1e6 : Double.NaN);
  }

  private long cpuNanos() {
    return readsCpu ? session.query(CPU).iterator().next().getLong(0) : 0;
  }
}
