package dev.freshet.app.bench;

import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.database.Session;
import dev.freshet.refresh.maintain.Planner;
import dev.freshet.refresh.parse.SqlParser;
import dev.freshet.refresh.worker.WorkerSessions;
import dev.freshet.refresh.worker.WorkerSettings;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Runs scenarios on a database in which Freshet is installed and no service runs. */
public final class Bench {

  private static final String CAPTURE = "capture";
  private static final String STEADY = "steady";
  private static final String PARALLEL = "parallel";

  private final Database database;
  private final long rows;
  private final Consumer<String> out;

  /**
   * @param rows of the fact table
   * @param out where lines of the report go as they are found
   */
  public Bench(Database database, long rows, Consumer<String> out) {
    this.database = database;
    this.rows = rows;
    this.out = out;
  }

  /** The names of all scenarios. */
  public static List<String> scenarios() {
    return Stream.concat(ordinary().stream(), Stream.of(ModesScenario.NAME, TpchScenario.NAME))
        .toList();
  }

  /** The names of those that are run where none is named. */
  public static List<String> ordinary() {
    return Stream.concat(
            ApplyScenario.all().stream().map(ApplyScenario::name),
            Stream.of(CAPTURE, STEADY, PARALLEL, PublishScenario.NAME))
        .toList();
  }

  /**
   * Runs the scenarios named, in the order in which {@link #scenarios} has them.
   *
   * @return the report as JSON
   */
  public String run(List<String> wanted) {
    return database.with("bench", session -> run(session, wanted));
  }

  private String run(Session session, List<String> wanted) {
    session.query("SET jit = off; SET max_parallel_workers_per_gather = 0");
    Report report = new Report(out);
    Planner planner = new Planner(new SqlParser());
    if (wanted.stream().anyMatch(name -> !name.equals(TpchScenario.NAME))) {
      onFacts(session, planner, report, wanted);
    }
    if (wanted.contains(TpchScenario.NAME)) {
      try (TpchTables tables = new TpchTables(session, rows)) {
        database.with("bench worker", worker -> tpch(worker, planner, tables, report));
      }
    }
    return report.json(session.query("SELECT version()").iterator().next().getString(0));
  }

  private void onFacts(Session session, Planner planner, Report report, List<String> wanted) {
    try (BenchTables tables = new BenchTables(session, rows)) {
      database.with("bench worker", worker -> apply(worker, planner, tables, report, wanted));
      if (wanted.contains(CAPTURE)) {
        new CaptureScenario(database, session, report).run();
      }
      if (wanted.contains(STEADY)) {
        new SteadyScenario(database, session, tables, report).run();
      }
      if (wanted.contains(PARALLEL)) {
        new ParallelScenario(database, session, tables, report).run();
      }
      if (wanted.contains(PublishScenario.NAME)) {
        new PublishScenario(database, session, tables, report, out).run();
      }
      if (wanted.contains(ModesScenario.NAME)) {
        new ModesScenario(database, session, tables, report).run();
      }
    }
  }

  private static Report tpch(Session session, Planner planner, TpchTables tables, Report report) {
    configure(session);
    TpchScenario.all().forEach(scenario -> scenario.run(session, planner, tables, report));
    return report;
  }

  /**
   * In a session like the worker's, with no help from a second process. A worker tries again what
   * waits for a lock too long, behind an autovacuum say; here it waits.
   */
  private static void configure(Session session) {
    WorkerSessions.configure(session, WorkerSettings.defaults());
    session.query("SET max_parallel_workers_per_gather = 0; SET lock_timeout = 0");
  }

  private static Report apply(
      Session session, Planner planner, BenchTables tables, Report report, List<String> wanted) {
    configure(session);
    for (ApplyScenario scenario : ApplyScenario.all()) {
      if (wanted.contains(scenario.name())) {
        scenario.run(session, planner, tables, report);
      }
    }
    return report;
  }
}
