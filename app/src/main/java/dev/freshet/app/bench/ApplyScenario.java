package dev.freshet.app.bench;

import dev.freshet.catalog.database.Session;
import dev.freshet.refresh.maintain.Planner;
import java.util.List;
import java.util.Locale;

/**
 * Maintaining one query: by its delta, by FULL, and as the materialized view that people refresh
 * concurrently today.
 *
 * <p>All three on the same state, each in a transaction that is rolled back; then the delta is
 * applied for good.
 *
 * @param key columns of the unique index that REFRESH CONCURRENTLY needs
 */
record ApplyScenario(String name, String query, String key) {

  private static final List<Double> FRACTIONS = List.of(0.0001, 0.001, 0.01, 0.1);
  private static final int RUNS = 5;

  /** Of what takes long. */
  private static final int LONG_RUNS = 3;

  /** The scenarios that {@code freshet bench} knows. */
  static List<ApplyScenario> all() {
    return List.of(
        new ApplyScenario(
            "filter", "SELECT id, region, amount FROM freshet_bench.fact WHERE score >= 500", "id"),
        new ApplyScenario(
            "aggregate-5",
            "SELECT few, count(*) AS n, sum(amount) AS total FROM freshet_bench.fact GROUP BY few",
            "few"),
        new ApplyScenario(
            "aggregate-100k",
            "SELECT many, count(*) AS n, sum(amount) AS total FROM freshet_bench.fact GROUP BY many",
            "many"),
        new ApplyScenario(
            "join",
            """
            SELECT f.id, f.amount, c.name, c.segment
            FROM freshet_bench.fact f JOIN freshet_bench.customer c ON c.id = f.customer_id\
            """,
            "id"),
        new ApplyScenario(
            "join-aggregate",
            """
            SELECT c.segment, count(*) AS n, sum(f.amount) AS total
            FROM freshet_bench.fact f JOIN freshet_bench.customer c ON c.id = f.customer_id
            GROUP BY c.segment\
            """,
            "segment"));
  }

  void run(Session session, Planner planner, BenchTables tables, Report report) {
    String table = "st_" + name.replace('-', '_');
    String view = "freshet_bench.mv_" + name.replace('-', '_');
    BenchStreamTable streamTable = BenchStreamTable.create(session, planner, table, query);
    session.query("CREATE MATERIALIZED VIEW %s AS %s".formatted(view, query));
    session.query("CREATE UNIQUE INDEX ON %s (%s)".formatted(view, key));
    session.query("VACUUM ANALYZE " + view);
    Meter meter = new Meter(session);
    for (double fraction : FRACTIONS) {
      tables.change(fraction);
      // Prepares its statements, which a service does once.
      meter.rolledBack(1, streamTable::applyDelta);
      Cost delta = meter.rolledBack(RUNS, streamTable::applyDelta);
      Cost full = meter.rolledBack(LONG_RUNS, streamTable::applyFull);
      Cost concurrently =
          meter.rolledBack(
              LONG_RUNS, () -> session.query("REFRESH MATERIALIZED VIEW CONCURRENTLY " + view));
      String setting = String.format(Locale.ROOT, "%s %% changed", percent(fraction));
      report.add(Finding.cheaper(name, setting, "DIFFERENTIAL", delta, "FULL", full));
      report.add(
          Finding.cheaper(
              name, setting, "DIFFERENTIAL", delta, "REFRESH CONCURRENTLY", concurrently));
      streamTable.refresh();
      session.query("REFRESH MATERIALIZED VIEW CONCURRENTLY " + view);
      session.query("VACUUM %s, freshet_bench.%s, freshet_bench.fact".formatted(view, table));
    }
    streamTable.requireExact();
    session.query("DROP MATERIALIZED VIEW " + view);
    streamTable.drop(table);
  }

  private static String percent(double fraction) {
    return fraction >= 0.01
        ? String.format(Locale.ROOT, "%.0f", fraction * 100)
        : String.format(Locale.ROOT, "%s", fraction * 100);
  }
}
