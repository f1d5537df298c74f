package dev.freshet.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.testing.InstalledDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommandsTest {

  private RunningEngine engine;

  @BeforeEach
  void start() throws SQLException {
    engine = RunningEngine.create();
    engine.run(
        "SET search_path = shop",
        "CREATE TABLE t (id int PRIMARY KEY, x int)",
        "INSERT INTO t VALUES (1, 1)");
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  /** The service's role owns a function that waits for a lock of the test. */
  private void slow() throws SQLException {
    engine
        .database()
        .service()
        .run(
            """
            CREATE FUNCTION shop.wait(x int) RETURNS int LANGUAGE plpgsql STABLE AS $$
            BEGIN
              PERFORM pg_advisory_xact_lock_shared(4711);
              RETURN x;
            END $$\
            """);
    engine.run(
        "SET search_path = shop",
        "SELECT freshet.create_stream_table('slow', 'SELECT id, shop.wait(x) AS x FROM t', '100ms')");
    engine.await("slow");
  }

  private void whileARefreshRuns(String command) throws SQLException {
    slow();
    try (var blocker = engine.connect();
        var statement = blocker.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(4711)");
      engine.run("INSERT INTO shop.t VALUES (2, 2)");
      engine.awaitSeen(
          """
          SELECT count(*) FROM pg_stat_activity
          WHERE application_name LIKE 'freshet worker%' AND wait_event = 'advisory' AND datname = current_database()\
          """,
          "1");
      engine.run("SET search_path = shop", command);
      engine.awaitSeen(
          """
          SELECT count(*) FROM pg_stat_activity
          WHERE application_name LIKE 'freshet worker%' AND wait_event = 'advisory' AND datname = current_database()\
          """,
          command.contains("alter") ? "1" : "0");
    }
  }

  @Test
  void functionsOfACreatorsSchemaAreNotTakenForPostgresOwn() throws SQLException {
    String user = engine.database().user().user();
    engine.database().admin().run("CREATE SCHEMA evil AUTHORIZATION " + user);
    engine.run(
        "CREATE TABLE evil.caught (by_whom text)",
        """
        CREATE FUNCTION evil.pg_visible_in_snapshot(xid8, pg_snapshot) RETURNS boolean LANGUAGE plpgsql AS
        'BEGIN INSERT INTO evil.caught VALUES (current_user); RETURN pg_catalog.pg_visible_in_snapshot($1, $2); END'\
        """,
        "CREATE TABLE shop.seen (id int PRIMARY KEY, x int)",
        "SET search_path = evil, shop, pg_catalog",
        "SELECT freshet.create_stream_table('shop.careful', 'SELECT x, count(*) AS n FROM shop.seen GROUP BY x', '1h')");
    engine.await("shop.careful");
    engine.run("INSERT INTO shop.seen VALUES (1, 1)");

    engine.refresh("shop.careful");

    assertThat(engine.rows("SELECT * FROM shop.careful")).isEqualTo("1 | 1");
    assertThat(engine.verify("shop.careful")).isEqualTo("0 | 0");
    assertThat(engine.seen("SELECT count(*) FROM evil.caught")).isEqualTo("0");
  }

  @Test
  void dropCancelsTheRunningRefresh() throws SQLException {
    whileARefreshRuns("SELECT freshet.drop_stream_table('slow')");

    assertThat(engine.rows("SELECT to_regclass('slow')")).isEqualTo("null");
    engine.awaitSeen(
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = 1718775923 AND objid <> 0 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
        "0");
  }

  @Test
  void suspendCancelsTheRunningRefreshWhichIsNoFailure() throws SQLException {
    whileARefreshRuns("SELECT freshet.suspend_stream_table('slow')");

    assertThat(engine.seen("SELECT status, consecutive_errors FROM freshet.condition"))
        .isEqualTo("SUSPENDED | 0");
    assertThat(engine.rows("SELECT * FROM slow")).isEqualTo("1 | 1");
    engine.run("SET search_path = shop", "SELECT freshet.resume_stream_table('slow')");
    engine.awaitSeen("SELECT * FROM shop.slow ORDER BY 1", "1 | 1\n2 | 2");
  }

  @Test
  void alterCancelsTheRunningRefreshAndItBeginsAnew() throws SQLException {
    whileARefreshRuns(
        "SELECT freshet.alter_stream_table('slow', query => 'SELECT id, shop.wait(x) + 1 AS x FROM t')");

    engine.awaitSeen("SELECT * FROM shop.slow ORDER BY 1", "1 | 2\n2 | 3");
  }

  @Test
  void anotherQueryWithTheSameColumnsReplacesTheRowsByDifference() throws SQLException {
    engine.run(
        "SET search_path = shop",
        "SELECT freshet.create_stream_table('s', 'SELECT id, x FROM t', '100ms')");
    engine.await("s");
    engine.run(
        "SET search_path = shop",
        "INSERT INTO t VALUES (2, -2)",
        "SELECT freshet.alter_stream_table('s', query => 'SELECT id, x FROM t WHERE x > 0')");

    engine.await("s");

    assertThat(engine.rows("SELECT * FROM s")).isEqualTo("1 | 1");
    assertThat(
            engine.seen(
                "SELECT action, refresh_reason FROM freshet.refresh_history ORDER BY refresh_id DESC LIMIT 1"))
        .isEqualTo("REINITIALIZE | definition_changed");
    engine.run("INSERT INTO shop.t VALUES (3, 3), (4, -4)");
    engine.refresh("s");
    assertThat(engine.verify("s")).isEqualTo("0 | 0");
  }

  @Test
  void whatIsNotToBeInitializedWaitsForTheFirstRequest() throws SQLException {
    engine.run(
        "SET search_path = shop",
        "SELECT freshet.create_stream_table('s', 'SELECT id, x FROM t', '100ms', initialize => false)");
    engine.awaitSeen("SELECT count(*) FROM freshet.event WHERE type = 'DefinitionCompiled'", "1");

    assertThat(engine.seen("SELECT status FROM freshet.condition")).isEqualTo("INITIALIZING");
    engine.refresh("s");
    assertThat(engine.rows("SELECT * FROM s")).isEqualTo("1 | 1");
  }

  @Test
  void aQueryMeansWhatItMeantInItsCreatorsSession() throws SQLException {
    engine.run(
        "SET search_path = shop",
        "CREATE TABLE at (id int PRIMARY KEY, moment timestamptz)",
        "SET TimeZone = 'Pacific/Auckland'",
        "SELECT freshet.create_stream_table('days', 'SELECT id, moment::date AS day FROM at', '100ms')");
    engine.await("days");
    engine.run("INSERT INTO shop.at VALUES (1, '2026-01-01 23:00:00+00')");

    engine.refresh("days");

    assertThat(engine.rows("SELECT * FROM days")).isEqualTo("1 | 2026-01-02");
    assertThat(engine.verify("days")).isEqualTo("0 | 0");
  }

  @Test
  void nothingIsRefreshedWhileTheDatabaseSaysSo() throws SQLException {
    engine.run(
        "SET search_path = shop",
        "SELECT freshet.create_stream_table('s', 'SELECT id, x FROM t', '100ms')");
    engine.await("s");
    InstalledDatabase database = engine.database();
    String name = database.admin().name();
    database.set("freshet.enabled = off");
    engine.awaitSeen("SELECT value FROM freshet.database_settings()", "off");
    // The next round of housekeeping has the scheduler read it.
    engine.run(
        "SET search_path = shop",
        "SELECT freshet.create_stream_table('other', 'SELECT id FROM t')",
        "INSERT INTO t VALUES (2, 2)");
    engine.awaitSeen("SELECT count(*) FROM freshet.event WHERE type = 'DefinitionCompiled'", "2");
    assertThat(engine.rows("SELECT * FROM s")).isEqualTo("1 | 1");

    database.admin().run("ALTER DATABASE %s RESET freshet.enabled".formatted(name));
    engine.awaitSeen("SELECT * FROM shop.s ORDER BY 1", "1 | 1\n2 | 2");
  }

  @Test
  void anotherServiceTakesOverWhenTheFirstEnds() throws SQLException {
    engine.run(
        "SET search_path = shop",
        "SELECT freshet.create_stream_table('s', 'SELECT id, x FROM t', '100ms')");
    engine.await("s");
    try (RunningEngine second = new RunningEngine(engine.database(), "second")) {
      assertThat(second.isLeading()).isFalse();
      engine.close();
      second.run("INSERT INTO shop.t VALUES (2, 2)");
      second.awaitSeen("SELECT * FROM shop.s ORDER BY 1", "1 | 1\n2 | 2");
      assertThat(second.isLeading()).isTrue();
      assertThat(
              second.seen(
                  "SELECT worker FROM freshet.refresh_history ORDER BY refresh_id DESC LIMIT 1"))
          .startsWith("second-");
    }
  }

  /** Plans are made of views whose sources are being dropped, in whatever order that happens. */
  @Test
  void aChainIsDroppedWhileItsPlansAreMade() throws SQLException {
    for (int round = 0; round < 40; round++) {
      engine.run(
          "SET search_path = shop",
          "SELECT freshet.create_stream_table('first', 'SELECT x, max(id) AS id, count(*) AS n FROM t GROUP BY x')",
          "SELECT freshet.create_stream_table('second', 'SELECT count(*) AS n FROM first WHERE id > 3', '1s')",
          "SELECT pg_sleep(random() * 0.1)",
          "SELECT freshet.alter_stream_table('second', schedule => '1h', tier => 'warm')",
          "SELECT freshet.suspend_stream_table('second')",
          "SELECT freshet.resume_stream_table('second')",
          "SELECT pg_sleep(random() * 0.05)",
          "SELECT freshet.drop_stream_table('first', cascade => true)");
    }
  }
}
