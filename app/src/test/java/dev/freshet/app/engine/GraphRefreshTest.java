package dev.freshet.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GraphRefreshTest {

  private RunningEngine engine;

  @BeforeEach
  void start() throws SQLException {
    engine = RunningEngine.create();
    engine.run(
        "SET search_path = shop",
        "CREATE TABLE orders (id int PRIMARY KEY, region text, amount int)",
        "INSERT INTO orders SELECT i, 'r' || i % 3, i FROM generate_series(1, 300) i");
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  private void diamond(String schedule) throws SQLException {
    engine.run(
        "SET search_path = shop",
        """
        SELECT freshet.create_stream_table('a', 'SELECT region, count(*) AS n, sum(amount) AS total FROM orders GROUP BY region', '%1$s'),
               freshet.create_stream_table('b', 'SELECT region, n FROM a WHERE n > 0', '%1$s'),
               freshet.create_stream_table('c', 'SELECT region, total FROM a', '%1$s'),
               freshet.create_stream_table('d', 'SELECT b.region, n, total FROM b JOIN c ON b.region = c.region', '%1$s')\
        """
            .formatted(schedule));
    engine.await("d");
  }

  @Test
  void whatIsCreatedInOneTransactionIsFilledUpstreamFirst() throws SQLException {
    diamond("1h");

    assertThat(engine.rows("SELECT * FROM d ORDER BY 1"))
        .isEqualTo("r0 | 100 | 15150\nr1 | 100 | 14950\nr2 | 100 | 15050");
    assertThat(
            engine.seen(
                "SELECT pgt_id, action, refresh_reason, initiated_by, rows_inserted FROM freshet.refresh_history ORDER BY 1"))
        .isEqualTo(
            """
            1 | REINITIALIZE | initial | INITIAL | 3
            2 | REINITIALIZE | initial | INITIAL | 3
            3 | REINITIALIZE | initial | INITIAL | 3
            4 | REINITIALIZE | initial | INITIAL | 3\
            """);
  }

  @Test
  void aRefreshAskedForTakesEverythingUpstreamAtOneSnapshot() throws SQLException {
    diamond("1h");
    engine.run("UPDATE shop.orders SET amount = amount + 1 WHERE id = 3");

    engine.refresh("d");

    assertThat(engine.rows("SELECT * FROM d WHERE region = 'r0'")).isEqualTo("r0 | 100 | 15151");
    assertThat(engine.seen("SELECT count(DISTINCT as_of::text) FROM freshet.frontier"))
        .isEqualTo("1");
    assertThat(
            engine.seen(
                """
                SELECT pgt_name, action, refresh_reason, initiated_by, rows_inserted, rows_updated, rows_deleted
                FROM freshet.refresh_history JOIN freshet.definition USING (pgt_id)
                WHERE action = 'DIFFERENTIAL' AND pgt_name NOT IN ('b', 'c') ORDER BY refresh_id\
                """))
        .isEqualTo(
            """
            a | DIFFERENTIAL | upstream | MANUAL | 0 | 1 | 0
            d | DIFFERENTIAL | manual | MANUAL | 1 | 0 | 1\
            """);
    assertThat(engine.verify("d")).isEqualTo("0 | 0");
  }

  @Test
  void aChangeIsCountedOnceHoweverOftenItsUpstreamIsRefreshedInBetween() throws SQLException {
    diamond("1h");
    engine.run("INSERT INTO shop.orders VALUES (1001, 'r0', 7)");
    engine.refresh("a");
    engine.run("INSERT INTO shop.orders VALUES (1002, 'r0', 8)");
    engine.refresh("b");
    engine.run("DELETE FROM shop.orders WHERE id = 1001");
    engine.refresh("d");
    engine.refresh("c");

    assertThat(engine.rows("SELECT * FROM d WHERE region = 'r0'")).isEqualTo("r0 | 101 | 15158");
    assertThat(engine.verify("b")).isEqualTo("0 | 0");
    assertThat(engine.verify("c")).isEqualTo("0 | 0");
    assertThat(engine.verify("d")).isEqualTo("0 | 0");
  }

  @Test
  void theScheduleKeepsAChainFresh() throws SQLException {
    diamond("100ms");
    engine.run("INSERT INTO shop.orders VALUES (1001, 'r9', 7)");

    engine.awaitSeen("SELECT * FROM shop.d WHERE region = 'r9'", "r9 | 1 | 7");
  }

  @Test
  void whatHasNothingToReadLeavesNoTraceButItsFrontierMoves() throws SQLException {
    diamond("100ms");
    String before = engine.seen("SELECT count(*) FROM freshet.event");
    engine.run("CREATE TABLE shop.elsewhere AS SELECT 1 AS one");
    String now = engine.seen("SELECT pg_current_xact_id()");

    engine.run(
        "SET search_path = shop", "CALL freshet.wait_for_xid('d', '%s', '20 s')".formatted(now));

    assertThat(engine.seen("SELECT count(*) FROM freshet.event")).isEqualTo(before);
  }

  @Test
  void whatCommitsLateIsReadWhenItIsThere() throws SQLException {
    diamond("1h");
    try (var late = engine.connect();
        var statement = late.createStatement()) {
      late.setAutoCommit(false);
      statement.execute("INSERT INTO orders VALUES (2001, 'r0', 1)");
      engine.run("INSERT INTO shop.orders VALUES (2002, 'r0', 1)");
      engine.refresh("d");
      assertThat(engine.rows("SELECT n FROM d WHERE region = 'r0'")).isEqualTo("101");
      late.commit();
    }
    engine.refresh("d");

    assertThat(engine.rows("SELECT n FROM d WHERE region = 'r0'")).isEqualTo("102");
    assertThat(engine.verify("d")).isEqualTo("0 | 0");
  }

  @Test
  void aPreparedTransactionIsReadOnceItIsCommitted() throws SQLException {
    diamond("1h");
    engine.run(
        "BEGIN",
        "INSERT INTO shop.orders VALUES (2001, 'r0', 1)",
        "PREPARE TRANSACTION 'p_%s'".formatted(engine.database().admin().name()));
    engine.run("INSERT INTO shop.orders VALUES (2002, 'r0', 1)");
    engine.refresh("d");
    engine.run("COMMIT PREPARED 'p_%s'".formatted(engine.database().admin().name()));
    engine.refresh("d");

    assertThat(engine.rows("SELECT n FROM d WHERE region = 'r0'")).isEqualTo("102");
    assertThat(engine.verify("d")).isEqualTo("0 | 0");
  }

  /**
   * Each amount is counted once in n and once in total, both of which come from the same table by
   * two ways.
   */
  @Test
  void aReaderNeverSeesTheTwoSidesOfADiamondApart() throws SQLException {
    engine.run(
        "UPDATE shop.orders SET amount = 1",
        "SET search_path = shop",
        """
        SELECT freshet.create_stream_table('b', 'SELECT region, count(*) AS n FROM orders GROUP BY region', '100ms'),
               freshet.create_stream_table('c', 'SELECT region, sum(amount) AS total FROM orders GROUP BY region', '100ms'),
               freshet.create_stream_table('d', 'SELECT b.region, n, total FROM b JOIN c ON b.region = c.region', '100ms')\
        """);
    engine.await("d");
    int seen = 0;
    String last = "";
    for (int i = 0; i < 150; i++) {
      engine.run(
          "INSERT INTO shop.orders VALUES (%d, 'r' || %1$d %% 3, 1)".formatted(1000 + i),
          "DELETE FROM shop.orders WHERE id = %d AND id %% 2 = 0".formatted(1000 + i - 7));
      String now =
          engine.seen(
              "SELECT bool_and(b.n = c.total), bool_and(d.n = d.total), sum(b.n) FROM shop.b JOIN shop.c USING (region) JOIN shop.d USING (region)");
      assertThat(now).startsWith("t | t | ");
      seen += now.equals(last) ? 0 : 1;
      last = now;
    }
    assertThat(seen).isGreaterThan(3);
  }

  @Test
  void aChildThatInheritsLaterIsCounted() throws SQLException {
    engine.run(
        "SET search_path = shop",
        "SELECT freshet.create_stream_table('s', 'SELECT count(*) AS n FROM orders', '100ms')");
    engine.await("s");
    engine.run(
        "SET search_path = shop",
        "CREATE TABLE late () INHERITS (orders)",
        "INSERT INTO late VALUES (1, 'r1', 5)",
        "CALL freshet.refresh_stream_table('s')",
        "INSERT INTO late VALUES (2, 'r2', 5)",
        "INSERT INTO orders VALUES (301, 'r1', 5)",
        "CALL freshet.refresh_stream_table('s')");

    assertThat(engine.rows("SELECT n FROM s")).isEqualTo("303");
    assertThat(engine.verify("s")).isEqualTo("0 | 0");
  }
}
