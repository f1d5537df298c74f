package dev.freshet.app.bench;

import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.database.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What keeping fresh costs where little happens: the refresh of one changed row, and a tick that
 * finds nothing changed. Each against a transaction that writes one row, in turn.
 *
 * <p>The refresh is the worker's whole run, which begins with BEGIN and ends when COMMIT is
 * acknowledged. Wall times are medians, CPU times means.
 */
final class SteadyScenario {

  private static final Set<String> QUERIES = Set.of("filter", "aggregate-5", "join-aggregate");
  private static final int REFRESHES = 2000;
  private static final int STREAM_TABLES = 200;

  private static final int REHEARSED_REFRESHES = 20;
  private static final int REHEARSED_STREAM_TABLES = 5;
  private static final long HOUSEKEEPING_NANOS = 1_000_000_000;

  private final Database database;
  private final Session session;
  private final BenchTables tables;
  private final Report report;
  private final boolean inEarnest;

  SteadyScenario(Database database, Session session, BenchTables tables, Report report) {
    this.database = database;
    this.session = session;
    this.tables = tables;
    this.report = report;
    this.inEarnest = tables.isInEarnest();
  }

  void run() {
    session.query(
        "CREATE TABLE freshet_bench.one (n bigint); INSERT INTO freshet_bench.one VALUES (0)");
    try (DrivenWorker worker = new DrivenWorker(database)) {
      for (ApplyScenario scenario : ApplyScenario.all()) {
        if (QUERIES.contains(scenario.name())) {
          refreshOneRow(worker, scenario);
        }
      }
      tickIdly(worker);
    }
  }

  private void refreshOneRow(DrivenWorker worker, ApplyScenario scenario) {
    String name = "steady_" + scenario.name().replace('-', '_');
    long pgtId = worker.create(session, name, scenario.query());
    List<Cost> refreshes = new ArrayList<>();
    List<Cost> transactions = new ArrayList<>();
    Meter workers = Meter.ofSessions(session, "worker");
    double cpuBefore = workers.cpuMillis();
    long housekept = System.nanoTime();
    int runs = inEarnest ? REFRESHES : REHEARSED_REFRESHES;
    for (int run = 0; run < runs; run++) {
      changeOneRow();
      refreshes.add(Cost.ofWall(() -> worker.refresh(pgtId)));
      transactions.add(Cost.ofWall(this::writeOneRow));
      if (System.nanoTime() - housekept > HOUSEKEEPING_NANOS) {
        worker.keepHouse();
        housekept = System.nanoTime();
      }
    }
    report.add(
        Finding.difference(
            "steady",
            "one row, " + scenario.name(),
            "refresh",
            Cost.median(refreshes).withCpu((workers.cpuMillis() - cpuBefore) / runs),
            "transaction of one row",
            Cost.median(transactions)));
    drop(name);
  }

  private void changeOneRow() {
    session.execute(
        """
        UPDATE freshet_bench.fact SET amount = amount + 1
        WHERE id = (SELECT min(id) FROM freshet_bench.fact WHERE id >= $1)\
        """,
        ThreadLocalRandom.current().nextLong(1, tables.rows() + 1));
  }

  private void writeOneRow() {
    session.sendQuery("BEGIN");
    session.send("UPDATE freshet_bench.one SET n = n + 1");
    session.query("COMMIT");
  }

  private void tickIdly(DrivenWorker worker) {
    int count = inEarnest ? STREAM_TABLES : REHEARSED_STREAM_TABLES;
    for (int i = 0; i < count; i++) {
      session.query(
          "CREATE TABLE freshet_bench.source_%d (id int PRIMARY KEY, n int)".formatted(i));
      worker.create(
          session,
          "idle_" + i,
          "SELECT id, n FROM freshet_bench.source_%d WHERE n > 0".formatted(i));
    }
    int runs = inEarnest ? REFRESHES : REHEARSED_REFRESHES;
    Meter workers = Meter.ofSessions(session, "worker");
    double cpuBefore = workers.cpuMillis();
    IdleTicks ticks = new IdleTicks(worker, this::writeOneRow);
    database.with("bench scheduler", scheduler -> ticks.run(scheduler, runs));
    report.add(
        Finding.difference(
            "steady",
            "%d stream tables".formatted(count),
            "idle tick",
            Cost.median(ticks.ticks()).withCpu((workers.cpuMillis() - cpuBefore) / runs),
            "transaction of one row",
            Cost.median(ticks.between())));
    for (int i = 0; i < count; i++) {
      drop("idle_" + i);
    }
  }

  private void drop(String name) {
    session.execute("SELECT freshet.drop_stream_table($1)", BenchTables.SCHEMA + "." + name);
  }
}
