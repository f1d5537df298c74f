package dev.freshet.app.bench;

import dev.freshet.catalog.database.Session;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Random;

/**
 * A view that is maintained both ways, as two stream tables over the same sources, and what happens
 * to these: a usual number of changes, single ones, bursts, for some of them growth. Which, only
 * its seed says.
 */
final class ModesSubject {

  /** Of all cycles, those with a burst, and those with a single change. */
  private static final double BURSTS = 0.15;

  private static final double SINGLES = 0.1;

  /** Of the rows, what a burst changes at least and at most. */
  private static final double BURST_MIN = 0.02;

  private static final double BURST_MAX = 0.6;

  /** The most that is usual, of the rows. */
  private static final double USUAL_MAX = 0.05;

  private static final double GROWTH = 0.1;
  private static final int GROWS_FROM = 10;
  private static final int GROWS_TO = 20;

  /** Whoever tunes a policy takes another one. */
  private static final long SEED = 20_261_127;

  private static final String CREATE =
      """
      CREATE TABLE %1$s_item (id int PRIMARY KEY, name text NOT NULL, segment int NOT NULL);
      CREATE TABLE %1$s_fact (id bigint PRIMARY KEY, item_id int NOT NULL, few int NOT NULL, many int NOT NULL,
                              amount numeric(12,2) NOT NULL, score int NOT NULL);
      INSERT INTO %1$s_item SELECT g, 'item ' || g, g %% 10 FROM generate_series(1, %3$d) AS g;
      INSERT INTO %1$s_fact SELECT g, 1 + g %% %3$d, g %% 5, (g * 7919) %% %4$d, (g %% 100000) / 100.0, (g * 31) %% 1000
      FROM generate_series(1::bigint, %2$d) AS g;
      CREATE INDEX ON %1$s_fact (item_id);
      CREATE INDEX ON %1$s_fact (many);
      ANALYZE %1$s_item, %1$s_fact\
      """;
  private static final String OUTCOME =
      """
      SELECT duration_ms, delta_row_count, action FROM freshet.pgt_refresh_history
      WHERE pgt_id = $1 ORDER BY refresh_id DESC LIMIT 1\
      """;

  private final ModesView view;
  private final int number;
  private final Session session;
  private final DrivenWorker worker;
  private final Random random;
  private final long rows;
  private final double usual;
  private final boolean grows;
  private final long differential;
  private final long full;
  private final double firstMs;
  private long nextId;

  ModesSubject(ModesView view, int number, long rows, Session session, DrivenWorker worker) {
    this.view = view;
    this.number = number;
    this.session = session;
    this.worker = worker;
    this.rows = rows;
    random = new Random(SEED + number);
    usual = Math.exp(random.nextDouble() * Math.log(Math.max(2, USUAL_MAX * rows)));
    grows = random.nextInt(3) == 0;
    nextId = rows + 1;
    session.query(CREATE.formatted(table(), rows, items(), Math.max(1, rows / 10)));
    differential = worker.create(session, name("d"), view.query(table()), "DIFFERENTIAL");
    firstMs = lastOf(differential, "REINITIALIZE").ms();
    full = worker.create(session, name("f"), view.query(table()), "FULL");
  }

  private record Outcome(double ms, long changes) {}

  int number() {
    return number;
  }

  String name() {
    return "%s of %d rows".formatted(view.name(), rows);
  }

  ModesView view() {
    return view;
  }

  /** What the first population took. */
  double firstMs() {
    return firstMs;
  }

  /** The stream table that is maintained by differences. */
  long differential() {
    return differential;
  }

  private long items() {
    return Math.max(1, rows / 20);
  }

  private String table() {
    return BenchTables.SCHEMA + ".modes_" + number;
  }

  private String name(String suffix) {
    return "modes_%d_%s".formatted(number, suffix);
  }

  /**
   * Changes its sources and refreshes both stream tables, in turn the one and the other first.
   *
   * @return what both took, with no extent yet
   */
  ModesSample.Timing cycle(int cycle) {
    change(cycle);
    List<Long> order = cycle % 2 == 0 ? List.of(differential, full) : List.of(full, differential);
    order.forEach(worker::refresh);
    Outcome byDifferences = lastOf(differential, "DIFFERENTIAL");
    Outcome whole = lastOf(full, "FULL");
    return new ModesSample.Timing(byDifferences.changes(), byDifferences.ms(), whole.ms());
  }

  private Outcome lastOf(long pgtId, String action) {
    Row row = session.execute(OUTCOME, pgtId).iterator().next();
    if (!row.getString("action").equals(action)) {
      throw new IllegalStateException(
          "the benchmark's %s was refreshed as %s and not as %s"
              .formatted(name(), row.getString("action"), action));
    }
    Long changes = row.getLong("delta_row_count");
    return new Outcome(row.getDouble("duration_ms"), changes == null ? 0 : changes);
  }

  private void change(int cycle) {
    if (grows && cycle >= GROWS_FROM && cycle < GROWS_TO) {
      insert(Math.max(1, Math.round(GROWTH * rows)));
      return;
    }
    long changed = howMany();
    switch (random.nextInt(4)) {
      case 0 -> insert(changed);
      case 1 -> update(changed);
      case 2 -> {
        delete(changed);
        update(1);
      }
      default -> {
        update(Math.max(1, changed * 7 / 10));
        delete(changed * 15 / 100);
        insert(Math.max(1, changed * 15 / 100));
      }
    }
    if (view.joins() && random.nextInt(4) == 0) {
      renameItems(Math.max(1, changed / 20));
    }
  }

  private long howMany() {
    double kind = random.nextDouble();
    double changed = usual * Math.exp(random.nextGaussian() / 2);
    if (kind < BURSTS) {
      changed = rows * BURST_MIN * Math.exp(random.nextDouble() * Math.log(BURST_MAX / BURST_MIN));
    } else if (kind < BURSTS + SINGLES) {
      changed = 1;
    }
    return Math.clamp(Math.round(changed), 1, rows);
  }

  private void insert(long count) {
    session.query(
        """
        INSERT INTO %1$s_fact SELECT g, 1 + g %% %2$d, g %% 5, (g * 7919) %% %3$d, (g %% 1000) / 100.0, (g * 31) %% 1000
        FROM generate_series(%4$d::bigint, %5$d) AS g\
        """
            .formatted(table(), items(), Math.max(1, rows / 10), nextId, nextId + count - 1));
    nextId += count;
  }

  private void update(long count) {
    session.query(
        """
        UPDATE %1$s_fact SET amount = amount + 1, score = (score + 137) %% 1000 WHERE id IN (%2$s)
            OR id = (SELECT min(id) FROM %1$s_fact)\
        """
            .formatted(table(), places(count - 1)));
  }

  private void delete(long count) {
    session.query("DELETE FROM %s_fact WHERE id IN (%s)".formatted(table(), places(count)));
  }

  private String places(long count) {
    return "SELECT 1 + abs(hashint8extended(g, %d)) %% %d FROM generate_series(1, %d) AS g"
        .formatted(random.nextInt(), nextId, count);
  }

  private void renameItems(long count) {
    session.query(
        """
        UPDATE %1$s_item SET name = name || '+', segment = (segment + 1) %% 10
        WHERE id IN (SELECT 1 + abs(hashint8extended(g, %2$d)) %% %3$d FROM generate_series(1, %4$d) AS g)\
        """
            .formatted(table(), random.nextInt(), items(), count));
  }

  void drop() {
    for (String suffix : List.of("d", "f")) {
      session.execute(
          "SELECT freshet.drop_stream_table($1)", BenchTables.SCHEMA + "." + name(suffix));
    }
    session.query("DROP TABLE %1$s_fact, %1$s_item CASCADE".formatted(table()));
  }
}
