package dev.freshet.app.bench;

import dev.freshet.catalog.database.Session;
import dev.freshet.refresh.maintain.Planner;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The 22 queries of TPC-H, each maintained by its delta and by FULL, while lines change and while
 * all tables do.
 */
record TpchScenario(int number) {

  static final String NAME = "tpch";

  private static final int QUERIES = 22;
  private static final List<Double> FRACTIONS = List.of(0.0001, 0.001, 0.01);
  private static final int RUNS = 3;

  static List<TpchScenario> all() {
    List<TpchScenario> all = new ArrayList<>();
    for (int number = 1; number <= QUERIES; number++) {
      all.add(new TpchScenario(number));
    }
    return all;
  }

  void run(Session session, Planner planner, TpchTables tables, Report report) {
    String name = "q%02d".formatted(number);
    session.query("SET search_path = freshet_bench");
    BenchStreamTable streamTable =
        BenchStreamTable.create(session, planner, name, TpchTables.query(number));
    session.query("SET search_path = pg_catalog");
    Meter meter = new Meter(session);
    Cost full = meter.rolledBack(RUNS, streamTable::applyFull);
    for (double fraction : FRACTIONS) {
      tables.changeLines(fraction);
      report.add(against(full, "lineitem", fraction, session, meter, streamTable));
      tables.changeAll(fraction);
      report.add(against(full, "all tables", fraction, session, meter, streamTable));
    }
    streamTable.drop(name);
  }

  private Finding against(
      Cost full,
      String changed,
      double fraction,
      Session session,
      Meter meter,
      BenchStreamTable streamTable) {
    // Prepares its statements, which a service does once.
    meter.rolledBack(1, streamTable::applyDelta);
    Cost delta = meter.rolledBack(RUNS, streamTable::applyDelta);
    streamTable.refresh();
    streamTable.requireExact();
    session.query("VACUUM freshet_bench.lineitem, freshet_bench.q%02d".formatted(number));
    return Finding.cheaper(
        "tpch q%02d".formatted(number),
        String.format(Locale.ROOT, "%s %% of %s", fraction * 100, changed),
        "DIFFERENTIAL",
        delta,
        "FULL",
        full);
  }
}
