package dev.freshet.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.testing.InstalledDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Refreshes that are expected to be like the last one, and what is not as expected. */
class ExpectedRefreshTest {

  private static final String LAST =
      "SELECT action, refresh_reason, delta_row_count, rows_inserted, rows_updated, rows_deleted"
          + " FROM freshet.refresh_history ORDER BY refresh_id DESC LIMIT 1";

  private RunningEngine engine;

  @BeforeEach
  void refreshTwice() throws SQLException {
    InstalledDatabase database = InstalledDatabase.create();
    // Who calls which function, to see that the short way is taken.
    database.set("track_functions = pl");
    engine = new RunningEngine(database);
    engine.run(
        "SET search_path = shop",
        "CREATE TABLE t (id int PRIMARY KEY, x int NOT NULL, u int NOT NULL)",
        "CREATE TABLE u (id int PRIMARY KEY, y int NOT NULL)",
        "INSERT INTO t SELECT g, g % 3, g % 2 FROM generate_series(1, 2000) g",
        "INSERT INTO u VALUES (0, 10), (1, 20)",
        "ANALYZE t, u",
        "SELECT freshet.create_stream_table('s', 'SELECT x, 60 / y AS z, count(*) AS n FROM t JOIN u ON u.id = t.u GROUP BY x, 60 / y', '1h')");
    engine.await("s");
    engine.run("INSERT INTO shop.t VALUES (3001, 0, 0)");
    engine.refresh("s");
    engine.run("INSERT INTO shop.t VALUES (3002, 0, 0)");
    engine.refresh("s");
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  private void requireExactAfter(String change) throws SQLException {
    engine.run("SET search_path = shop", change);
    engine.refresh("s");
    assertThat(engine.verify("s")).isEqualTo("0 | 0");
  }

  @Test
  void whatIsAsExpectedTakesTheShortWay() throws SQLException {
    requireExactAfter("INSERT INTO t VALUES (3003, 0, 0), (3004, 1, 1)");

    assertThat(engine.seen(LAST)).isEqualTo("DIFFERENTIAL | manual | 2 | 0 | 2 | 0");
    engine.awaitSeen(
        "SELECT calls >= 2 FROM pg_stat_user_functions WHERE funcname = 'refresh_settled'", "t");
    assertThat(
            engine.seen("SELECT count(*) FROM freshet.refresh_history WHERE status <> 'COMPLETED'"))
        .isEqualTo("0");
  }

  @Test
  void deletionsAfterInsertions() throws SQLException {
    requireExactAfter("DELETE FROM t WHERE id = 3002");

    assertThat(engine.seen(LAST)).isEqualTo("DIFFERENTIAL | manual | 1 | 0 | 1 | 0");
  }

  @Test
  void anotherSourceThanLastTime() throws SQLException {
    requireExactAfter("UPDATE u SET y = 30 WHERE id = 1");
    requireExactAfter("UPDATE u SET y = 20; UPDATE t SET x = 7 WHERE id < 4");
    requireExactAfter("UPDATE t SET x = 8 WHERE id < 4");
  }

  @Test
  void manyMoreChangesThanLastTimeAndFewAgain() throws SQLException {
    requireExactAfter("UPDATE t SET x = 5 WHERE id <= 100");
    requireExactAfter("UPDATE t SET x = 6 WHERE id <= 2");
    requireExactAfter("UPDATE t SET x = 6 WHERE id BETWEEN 3 AND 4");
  }

  @Test
  void tooManyChanges() throws SQLException {
    requireExactAfter("UPDATE t SET x = x + 1");

    assertThat(engine.seen(LAST)).startsWith("FULL | threshold_exceeded | 4004");
  }

  @Test
  void truncation() throws SQLException {
    requireExactAfter("TRUNCATE t; INSERT INTO t VALUES (1, 1, 1)");

    assertThat(engine.seen(LAST)).startsWith("FULL | truncated");
  }

  @Test
  void aFullRefreshThatWasAskedFor() throws SQLException {
    engine.run(
        "INSERT INTO shop.t VALUES (3003, 0, 0)", "SELECT freshet.repair_stream_table('shop.s')");
    engine.refresh("s");

    assertThat(
            engine.seen(
                "SELECT count(*) FROM freshet.refresh_history WHERE refresh_reason = 'repair'"))
        .isEqualTo("1");
    assertThat(engine.verify("s")).isEqualTo("0 | 0");
  }

  @Test
  void whatFailsIsRecordedAndLeavesEverythingAsItWas() throws SQLException {
    engine.run("SET search_path = shop", "UPDATE u SET y = 0 WHERE id = 1");
    engine.run("SELECT freshet.request_refresh('shop.s')");

    engine.awaitSeen(
        "SELECT DISTINCT status, error_code FROM freshet.refresh_history WHERE status <> 'COMPLETED'",
        "ERROR | 22012");
    assertThat(engine.rows("SELECT sum(n) FROM s")).isEqualTo("2002");

    // The differences still hold the row that cannot be divided by.
    requireExactAfter("UPDATE u SET y = 5 WHERE id = 1");
    assertThat(engine.seen(LAST)).startsWith("FULL | delta_error");
  }

  @Test
  void differencesOfSeveralThatCannotBeComputedAreNotAskedFor() throws SQLException {
    engine.run(
        "SET search_path = shop",
        "SELECT freshet.create_stream_table('over', 'SELECT z, sum(n) AS n FROM s GROUP BY z', '1h')");
    engine.await("over");
    engine.run(
        "SET search_path = shop",
        "UPDATE u SET y = 0 WHERE id = 1; UPDATE u SET y = 3 WHERE id = 1");

    engine.refresh("over");

    assertThat(engine.verify("s")).isEqualTo("0 | 0");
    assertThat(engine.verify("over")).isEqualTo("0 | 0");
    assertThat(engine.failures()).isEqualTo("0");
  }

  @Test
  void settingsOfTheCreatorHoldWithinItOnly() throws SQLException {
    engine.run(
        "SET search_path = shop",
        "SET TimeZone = 'Asia/Tokyo'",
        "CREATE TABLE m (id int PRIMARY KEY, at timestamptz)",
        "SELECT freshet.create_stream_table('days', 'SELECT id, at::date AS day FROM m', '1h')");
    engine.await("days");
    for (int id = 1; id < 4; id++) {
      engine.run("INSERT INTO shop.m VALUES (%d, '2026-01-01 20:00+00')".formatted(id));
      engine.refresh("days");
      engine.run("INSERT INTO shop.t VALUES (%d, 1, 0)".formatted(4000 + id));
      engine.refresh("s");
    }

    assertThat(engine.rows("SELECT DISTINCT day FROM days")).isEqualTo("2026-01-02");
    assertThat(engine.verify("days")).isEqualTo("0 | 0");
    assertThat(engine.verify("s")).isEqualTo("0 | 0");
  }
}
