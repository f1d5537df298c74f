package dev.freshet.app.bench;

import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.catalog.database.Session;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures work: wall time here, CPU time in the server's processes.
 *
 * <p>The server reads {@code /proc/<pid>/schedstat}, whose first number is nanoseconds on a CPU;
 * that needs the right to read server files, and Linux. Without it CPU times are absent and ratios
 * are of wall times.
 */
final class Meter {

  private static final String CPU =
      """
      SELECT coalesce(sum(split_part(pg_read_file('/proc/' || pid || '/schedstat'), ' ', 1)::bigint), 0)::bigint
      FROM pg_stat_activity WHERE %s
      """;

  private final Session session;
  private final String cpu;
  private final boolean readsCpu;

  /** Of the session's own work. */
  Meter(Session session) {
    this(session, "pid = pg_backend_pid()");
  }

  private Meter(Session session, String whose) {
    this.session = session;
    this.cpu = CPU.formatted(whose);
    this.readsCpu = canReadCpu();
  }

  /** Of the work of the service's sessions for a purpose, which this one only watches. */
  static Meter ofSessions(Session session, String purpose) {
    return new Meter(
        session,
        "datname = current_database() AND application_name LIKE 'freshet %s%%'".formatted(purpose));
  }

  private boolean canReadCpu() {
    try {
      session.query(cpu);
      return true;
    } catch (DatabaseException notAllowed) {
      return false;
    }
  }

  /** Runs the work and says what it took. */
  Cost of(Runnable work) {
    double cpuBefore = cpuMillis();
    long before = System.nanoTime();
    work.run();
    long wall = System.nanoTime() - before;
    return new Cost(wall / 1e6, cpuMillis() - cpuBefore);
  }

  /** The median of runs of work, each in a transaction of the session that is rolled back. */
  Cost rolledBack(int runs, Runnable work) {
    List<Cost> costs = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      session.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
      costs.add(of(work));
      session.query("ROLLBACK");
    }
    return Cost.median(costs);
  }

  /** CPU time so far; NaN where it cannot be read. */
  double cpuMillis() {
    return readsCpu ? session.query(cpu).iterator().next().getLong(0) / 1e6 : Double.NaN;
  }
}
