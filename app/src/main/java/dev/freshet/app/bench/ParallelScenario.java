package dev.freshet.app.bench;

import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.database.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What more workers gain, and what giving out work costs: many stream tables at once with 1, 2, 4
 * and 8 workers, a chain, and ticks over many that have nothing to do.
 *
 * <p>Each time is from the commit of the requests to the commit of the last outcome, the median of
 * some runs.
 */
final class ParallelScenario {

  private static final int[] WORKERS = {2, 4, 8};
  private static final int RUNS = 5;

  /** Does something to each source. */
  private static final String SOURCES =
      """
      DO $$ DECLARE source regclass; BEGIN
          FOR source IN SELECT c.oid FROM pg_class AS c
                         WHERE c.relnamespace = 'freshet_bench'::regnamespace AND c.relkind = 'r' AND c.relname ~ '_source' LOOP
              %s;
          END LOOP;
      END $$\
      """;

  private final Database database;
  private final Session session;
  private final Report report;
  private final boolean inEarnest;

  ParallelScenario(Database database, Session session, BenchTables tables, Report report) {
    this.database = database;
    this.session = session;
    this.report = report;
    this.inEarnest = tables.isInEarnest();
  }

  /** Stream tables that are asked for together. */
  private record Group(String setting, Map<String, Long> tables, List<String> asked) {

    List<Long> awaited() {
      return asked.stream().map(tables::get).toList();
    }

    List<String> names() {
      return asked.stream().map(name -> BenchTables.SCHEMA + "." + name).toList();
    }
  }

  void run() {
    List<Group> groups;
    try (DrivenWorker worker = new DrivenWorker(database)) {
      groups = List.of(independent(worker), diamonds(worker));
    }
    groups.forEach(this::compare);
    groups.reversed().forEach(this::drop);
    try (DrivenWorker worker = new DrivenWorker(database)) {
      dispatch(worker);
      Group chain = chain(worker);
      refreshChain(chain);
      drop(chain);
      idle(worker, inEarnest ? 200 : 5);
      idle(worker, inEarnest ? 1000 : 5);
    }
  }

  /** Each an aggregation of a part of the facts, computed whole: the work is the database's. */
  private Group independent(DrivenWorker worker) {
    int count = inEarnest ? 50 : 4;
    Map<String, Long> made = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String name = "parallel_" + i;
      made.put(
          name,
          worker.create(
              session,
              name,
              "SELECT few, count(*) AS n, sum(amount * score) AS total FROM freshet_bench.fact WHERE many %% %d <= %d GROUP BY few"
                  .formatted(2 * count, i),
              "FULL"));
    }
    return new Group(count + " independent", made, List.copyOf(made.keySet()));
  }

  /** Of a source each: two stream tables on a first, and one that joins them. */
  private Group diamonds(DrivenWorker worker) {
    int count = inEarnest ? 12 : 2;
    Map<String, Long> made = new LinkedHashMap<>();
    List<String> last = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String top = "diamond_%d_a".formatted(i);
      source("diamond_source_" + i);
      create(
          worker,
          made,
          top,
          "SELECT id, n FROM freshet_bench.diamond_source_%d WHERE n >= 0".formatted(i));
      String left = "diamond_%d_b".formatted(i);
      create(
          worker,
          made,
          left,
          "SELECT n %% 10 AS g, sum(n) AS total FROM freshet_bench.%s GROUP BY n %% 10"
              .formatted(top));
      String right = "diamond_%d_c".formatted(i);
      create(
          worker,
          made,
          right,
          "SELECT n %% 10 AS g, count(*) AS n FROM freshet_bench.%s GROUP BY n %% 10"
              .formatted(top));
      String bottom = "diamond_%d_d".formatted(i);
      create(
          worker,
          made,
          bottom,
          "SELECT b.g, b.total, c.n FROM freshet_bench.%s b JOIN freshet_bench.%s c ON c.g = b.g"
              .formatted(left, right));
      last.add(bottom);
    }
    return new Group(4 * count + " in diamonds", made, last);
  }

  private Group chain(DrivenWorker worker) {
    int length = inEarnest ? 10 : 3;
    Map<String, Long> made = new LinkedHashMap<>();
    source("chain_source");
    String below = "chain_source";
    for (int i = 0; i < length; i++) {
      create(
          worker,
          made,
          "chain_" + i,
          "SELECT id, n + 1 AS n FROM freshet_bench.%s".formatted(below));
      below = "chain_" + i;
    }
    return new Group("chain of " + length, made, List.of(below));
  }

  private void create(DrivenWorker worker, Map<String, Long> made, String name, String query) {
    made.put(name, worker.create(session, name, query, "AUTO"));
  }

  private void source(String name) {
    session.query(
        """
        CREATE TABLE freshet_bench.%1$s (id int PRIMARY KEY, n int);
        INSERT INTO freshet_bench.%1$s SELECT g, g FROM generate_series(1, 1000) AS g\
        """
            .formatted(name));
  }

  private void compare(Group group) {
    Cost serial = measured(group, 1);
    for (int workers : WORKERS) {
      report.add(
          Finding.cheaper(
              "parallel",
              group.setting(),
              workers + " workers",
              measured(group, workers),
              "1 worker",
              serial));
    }
  }

  private Cost measured(Group group, int workers) {
    try (RunningPool pool = new RunningPool(database, workers)) {
      List<Cost> runs = new ArrayList<>();
      // The first makes the plans.
      for (int run = 0; run <= runs(); run++) {
        changeSources();
        Cost cost = pool.refresh(session, group.names(), group.awaited());
        if (run > 0) {
          runs.add(cost);
        }
      }
      return Cost.median(runs);
    }
  }

  private int runs() {
    return inEarnest ? RUNS : 1;
  }

  /** A row of each source. */
  private void changeSources() {
    session.query(
        SOURCES.formatted(
            "EXECUTE format('UPDATE %s SET n = n + 10 WHERE id = (SELECT 1 + floor(random() * 1000)::int)', source)"));
  }

  private void refreshChain(Group chain) {
    report.add(
        Finding.difference(
            "parallel",
            chain.setting() + ", one row",
            "commit to commit",
            measured(chain, 1),
            "transaction of one row",
            Cost.median(
                IntStream.range(0, RUNS)
                    .mapToObj(i -> Cost.ofWall(() -> changeSources()))
                    .toList())));
  }

  /** One after another by the scheduler, against the same refreshes without it. */
  private void dispatch(DrivenWorker worker) {
    int count = inEarnest ? 50 : 4;
    Map<String, Long> made = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      source("dispatch_source_" + i);
      create(
          worker,
          made,
          "dispatch_" + i,
          "SELECT id, n FROM freshet_bench.dispatch_source_%d WHERE n > 0".formatted(i));
    }
    Group group = new Group(count + " small", made, List.copyOf(made.keySet()));
    List<Cost> direct = new ArrayList<>();
    for (int run = 0; run <= runs(); run++) {
      changeSources();
      direct.add(Cost.ofWall(() -> made.values().forEach(worker::refresh)));
    }
    Cost without = each(Cost.median(direct.subList(1, direct.size())), count);
    Cost with = each(measured(group, 1), count);
    report.add(
        Finding.difference(
            "parallel", "dispatch of one of " + count, "scheduled", with, "worker alone", without));
    drop(group);
  }

  private static Cost each(Cost all, int count) {
    return new Cost(all.wallMillis() / count, Double.NaN);
  }

  /** Due at every tick, and with nothing to do. */
  private void idle(DrivenWorker worker, int count) {
    Map<String, Long> made = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      source("idle_source_" + i);
      String name = "idle_" + i;
      made.put(
          name,
          worker.create(
              session,
              name,
              "SELECT id, n FROM freshet_bench.idle_source_%d WHERE n > 0".formatted(i)));
    }
    IdleTicks ticks = new IdleTicks(worker, () -> session.query("SELECT 1"));
    database.with("bench scheduler", scheduler -> ticks.run(scheduler, inEarnest ? 200 : 5));
    report.add(
        Finding.difference(
            "parallel",
            count + " idle",
            "tick",
            Cost.median(ticks.ticks()),
            "SELECT 1",
            Cost.median(ticks.between())));
    drop(new Group("", made, List.copyOf(made.keySet())));
  }

  /** With the sources, which are of no other group. */
  private void drop(Group group) {
    List<String> names = new ArrayList<>(group.tables().keySet());
    for (String name : names.reversed()) {
      session.execute("SELECT freshet.drop_stream_table($1)", BenchTables.SCHEMA + "." + name);
    }
    session.query(SOURCES.formatted("EXECUTE format('DROP TABLE %s CASCADE', source)"));
  }
}
