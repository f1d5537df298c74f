package dev.freshet.app.bench;

import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.database.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * What those who follow a stream table are sent, and what is written to PostgreSQL's log for it: a
 * refresh after 1 % of the rows have changed, against emptying a table and filling it anew. Then
 * how long a change takes to be sent.
 */
final class PublishScenario {

  static final String NAME = "publish";
  private static final double CHANGED = 0.01;
  private static final int RUNS = 5;
  private static final String QUERY =
      "SELECT id, customer_id, region, amount, score FROM freshet_bench.fact";
  private static final String REWRITE =
      "BEGIN; TRUNCATE freshet_bench.rewritten; INSERT INTO freshet_bench.rewritten "
          + QUERY
          + "; COMMIT";
  private static final String CAN_PUBLISH =
      """
      SELECT CASE WHEN current_setting('wal_level') <> 'logical'
                  THEN 'wal_level is ' || current_setting('wal_level') || '; it takes logical'
                  WHEN NOT (SELECT rolreplication OR rolsuper FROM pg_roles WHERE rolname = current_user)
                  THEN format('role %I may not make slots: ALTER ROLE %I REPLICATION', current_user, current_user)
                  WHEN NOT has_database_privilege(current_database(), 'CREATE')
                  THEN format('role %I may not make publications: GRANT CREATE ON DATABASE %I TO %I', current_user, current_database(), current_user)
             END\
      """;

  private final Database database;
  private final Session session;
  private final BenchTables tables;
  private final Report report;
  private final Consumer<String> out;

  PublishScenario(
      Database database, Session session, BenchTables tables, Report report, Consumer<String> out) {
    this.database = database;
    this.session = session;
    this.tables = tables;
    this.report = report;
    this.out = out;
  }

  /** Where the database does not allow it, says why and measures nothing. */
  void run() {
    String obstacle = session.query(CAN_PUBLISH).iterator().next().getString(0);
    if (obstacle != null) {
      out.accept("%s is left out: %s".formatted(NAME, obstacle));
      return;
    }
    try (SlotChanges changes = new SlotChanges(session)) {
      compareWhatIsSent(changes);
      new PublishLatency(database, session, changes, report, tables.isInEarnest()).run();
    }
  }

  private void compareWhatIsSent(SlotChanges changes) {
    session.query("CREATE TABLE freshet_bench.rewritten AS " + QUERY);
    session.query("ALTER TABLE freshet_bench.rewritten ADD PRIMARY KEY (id)");
    session.query("CREATE PUBLICATION freshet_bench_rewritten FOR TABLE freshet_bench.rewritten");
    List<Sent> ours = new ArrayList<>();
    List<Sent> theirs = new ArrayList<>();
    try (DrivenWorker worker = new DrivenWorker(database)) {
      long pgtId = worker.create(session, "published", QUERY);
      String publication = changes.publish("published");
      for (int run = 0; run < RUNS; run++) {
        tables.change(CHANGED);
        ours.add(measure(changes, publication, () -> worker.refresh(pgtId)));
        theirs.add(measure(changes, "freshet_bench_rewritten", () -> session.query(REWRITE)));
        worker.keepHouse();
      }
      session.query("SELECT freshet.drop_stream_table('freshet_bench.published')");
    } finally {
      session.query("DROP PUBLICATION freshet_bench_rewritten");
    }
    long oursSent = sum(ours, Sent::changes);
    long theirsSent = sum(theirs, Sent::changes);
    add("1 % changed, events", ours, theirs, oursSent, theirsSent);
    add("1 % changed, log", ours, theirs, sum(ours, Sent::logBytes), sum(theirs, Sent::logBytes));
  }

  private Sent measure(SlotChanges changes, String publication, Runnable work) {
    long before = logPosition();
    Cost cost = Cost.ofWall(work);
    long bytes = logPosition() - before;
    return new Sent(cost, changes.count(publication), bytes);
  }

  private long logPosition() {
    return session
        .query("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint")
        .iterator()
        .next()
        .getLong(0);
  }

  private static long sum(List<Sent> sent, ToLongFunction<Sent> figure) {
    return sent.stream().mapToLong(figure).sum();
  }

  private void add(
      String setting, List<Sent> ours, List<Sent> theirs, long oursAll, long theirsAll) {
    report.add(
        new Finding(
            NAME,
            setting,
            "refresh",
            Cost.median(ours.stream().map(Sent::cost).toList()),
            "TRUNCATE and INSERT",
            Cost.median(theirs.stream().map(Sent::cost).toList()),
            (double) theirsAll / oursAll,
            String.format(
                Locale.ROOT,
                "times fewer %s: %,d against %,d per refresh",
                setting.endsWith("log") ? "bytes" : "rows sent",
                oursAll / RUNS,
                theirsAll / RUNS)));
  }

  /**
   * @param changes insertions, updates, deletions and truncations
   * @param logBytes of PostgreSQL's log
   */
  private record Sent(Cost cost, long changes, long logBytes) {}
}
