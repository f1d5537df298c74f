package dev.freshet.app.bench;

import dev.freshet.catalog.database.Session;

/** The tables of the benchmark, in a schema of their own that is dropped again. */
final class BenchTables implements AutoCloseable {

  static final String SCHEMA = "freshet_bench";

  /** Of the rows changed: updated, deleted, the rest inserted. */
  static final double UPDATED = 0.70;

  static final double DELETED = 0.15;

  private static final long ROWS_IN_EARNEST = 100_000;

  private static final String CREATE =
      """
      CREATE SCHEMA freshet_bench;
      CREATE TABLE freshet_bench.customer (id int PRIMARY KEY, name text NOT NULL, segment int NOT NULL);
      CREATE TABLE freshet_bench.fact (
          id bigint PRIMARY KEY, customer_id int NOT NULL, few int NOT NULL, many int NOT NULL,
          region text NOT NULL, amount numeric(12,2) NOT NULL, score int NOT NULL);
      INSERT INTO freshet_bench.customer
      SELECT g, 'customer ' || g, g %% 10 FROM generate_series(1, %1$d / 20) g;
      INSERT INTO freshet_bench.fact
      SELECT g, 1 + g %% (%1$d / 20), g %% 5, (g * 7919) %% 100000, 'region ' || g %% 50, (g %% 100000) / 100.0, (g * 31) %% 1000
      FROM generate_series(1::bigint, %1$d) g;
      CREATE INDEX ON freshet_bench.fact (customer_id);
      ANALYZE freshet_bench.customer, freshet_bench.fact;
      """;

  private final Session session;
  private final long rows;
  private long seed;

  BenchTables(Session session, long rows) {
    this.session = session;
    this.rows = rows;
    session.query("DROP SCHEMA IF EXISTS freshet_bench CASCADE");
    session.query(CREATE.formatted(rows));
  }

  long rows() {
    return rows;
  }

  /** With fewer rows the run is a rehearsal, and does less of everything. */
  boolean isInEarnest() {
    return rows >= ROWS_IN_EARNEST;
  }

  /**
   * Changes a fraction of the facts: 70 % updates, 15 % deletions, 15 % insertions, at random
   * places.
   */
  void change(double fraction) {
    seed++;
    long changed = Math.max(1, Math.round(rows * fraction));
    long updated = Math.max(1, Math.round(changed * UPDATED));
    long deleted = Math.round(changed * DELETED);
    long inserted = changed - updated - deleted;
    session.query(
        """
        UPDATE freshet_bench.fact SET amount = amount + 1, score = (score + 137) %% 1000
        WHERE id IN (SELECT 1 + abs(hashint8extended(g, %1$d)) %% %2$d FROM generate_series(1, %3$d) g);
        DELETE FROM freshet_bench.fact
        WHERE id IN (SELECT 1 + abs(hashint8extended(g, %1$d + 1000)) %% %2$d FROM generate_series(1, %4$d) g);
        INSERT INTO freshet_bench.fact
        SELECT %2$d::bigint * (10 + %1$d) + g, 1 + g %% (%2$d / 20), g %% 5, (g * 7919) %% 100000, 'region ' || g %% 50, (g %% 1000) / 100.0, (g * 31) %% 1000
        FROM generate_series(1::bigint, %5$d) g;
        """
            .formatted(seed, rows, updated, deleted, inserted));
  }

  @Override
  public void close() {
    session.query("DROP SCHEMA IF EXISTS freshet_bench CASCADE");
  }
}
