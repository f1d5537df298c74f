package dev.freshet.app.bench;

import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.database.Session;
import dev.freshet.refresh.capture.CaptureInstaller;
import dev.freshet.refresh.capture.CaptureSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The write path with and without capture: statements of 10,000 rows, statements of one row, and 16
 * clients that commit row by row. Two tables alike, one of them captured, written to in turn.
 */
final class CaptureScenario {

  private static final int RUNS = 5;
  private static final int CLIENTS = 16;
  private static final long CLIENT_MILLIS = 3_000;

  private static final String CREATE =
      """
      CREATE TABLE freshet_bench.%1$s (
          id bigint PRIMARY KEY, region text, amount numeric(12,2), score int, note text, at timestamptz DEFAULT now());
      INSERT INTO freshet_bench.%1$s (id, region, amount, score, note)
      SELECT g, 'region ' || g %% 50, g, g %% 1000, 'note ' || g FROM generate_series(1, 200000) g;
      ANALYZE freshet_bench.%1$s;
      """;

  private final Database database;
  private final Session session;
  private final Report report;

  CaptureScenario(Database database, Session session, Report report) {
    this.database = database;
    this.session = session;
    this.report = report;
  }

  void run() {
    session.query(CREATE.formatted("bare"));
    session.query(CREATE.formatted("captured"));
    long relid =
        session
            .query("SELECT 'freshet_bench.captured'::regclass::oid::bigint")
            .iterator()
            .next()
            .getLong(0);
    new CaptureInstaller(CaptureSettings.defaults()).ensure(session, relid, Set.of(1, 2, 3));
    compare(
        "INSERT 10k rows",
        "INSERT INTO freshet_bench.%s (id, region, amount, score, note) SELECT 1000000 + g, 'region', g, g, 'note' FROM generate_series(1, 10000) g");
    compare(
        "UPDATE 10k rows",
        "UPDATE freshet_bench.%s SET amount = amount + 1 WHERE id BETWEEN 20001 AND 30000");
    compare("DELETE 10k rows", "DELETE FROM freshet_bench.%s WHERE id BETWEEN 40001 AND 50000");
    compare(
        "DELETE 10k scattered rows",
        """
        DELETE FROM freshet_bench.%s
        WHERE id IN (SELECT 1 + abs(hashint8extended(g, 1)) %% 200000 FROM generate_series(1, 10000) g)\
        """);
    compare(
        "UPDATE 1 row, 2000 times",
        """
        DO $$ BEGIN FOR i IN 1..2000 LOOP
        UPDATE freshet_bench.%s SET amount = amount + 1 WHERE id = i * 50; END LOOP; END $$\
        """);
    compareClients();
    session.query("DROP TABLE freshet_bench.bare, freshet_bench.captured CASCADE");
  }

  private void compare(String setting, String statement) {
    Meter meter = new Meter(session);
    List<Cost> bare = new ArrayList<>();
    List<Cost> captured = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      bare.add(once(meter, statement.formatted("bare")));
      captured.add(once(meter, statement.formatted("captured")));
    }
    report.add(
        Finding.overhead(
            "capture", setting, "captured", Cost.median(captured), "bare", Cost.median(bare)));
  }

  private Cost once(Meter meter, String statement) {
    session.query("BEGIN");
    Cost cost = meter.of(() -> session.query(statement));
    session.query("ROLLBACK");
    return cost;
  }

  /** Commits per second of 16 clients; the costs are milliseconds a commit. */
  private void compareClients() {
    List<Cost> bare = new ArrayList<>();
    List<Cost> captured = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      bare.add(perCommit("bare", run));
      captured.add(perCommit("captured", run));
    }
    Cost ours = Cost.median(captured);
    Cost theirs = Cost.median(bare);
    report.add(
        new Finding(
            "capture",
            CLIENTS + " committing clients",
            "captured",
            ours,
            "bare",
            theirs,
            theirs.wallMillis() / ours.wallMillis(),
            "of the bare commits a second"));
  }

  private Cost perCommit(String table, int run) {
    long end = System.nanoTime() + CLIENT_MILLIS * 1_000_000;
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Long>> counts = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        long first = 10_000_000L * (1 + run * CLIENTS + client);
        counts.add(clients.submit(() -> insertUntil(table, first, end)));
      }
      long commits = 0;
      for (Future<Long> count : counts) {
        commits += Waiting.on(count);
      }
      return new Cost((double) CLIENT_MILLIS / commits, Double.NaN);
    }
  }

  private long insertUntil(String table, long first, long end) {
    String insert =
        "INSERT INTO freshet_bench.%s (id, region, amount, score, note) VALUES ($1, 'region', 1, 1, 'note')"
            .formatted(table);
    return database.with(
        "bench client",
        client -> {
          long id = first;
          while (System.nanoTime() < end) {
            client.execute(insert, id++);
          }
          return id - first;
        });
  }
}
