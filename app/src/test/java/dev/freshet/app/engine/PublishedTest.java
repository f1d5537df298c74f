package dev.freshet.app.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.catalog.testing.TestDatabase;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What those who follow a published stream table are sent, refresh by refresh. */
class PublishedTest {

  private RunningEngine engine;
  private TestDatabase admin;

  @BeforeEach
  void start() throws SQLException {
    engine = RunningEngine.create();
    admin = engine.database().admin();
    admin.run(
        "GRANT CREATE ON DATABASE %s TO %s"
            .formatted(admin.name(), engine.database().user().user()));
    engine.run(
        "SET search_path = shop",
        "CREATE TABLE t (id int PRIMARY KEY, x int, y int)",
        "INSERT INTO t SELECT n, n % 3, n FROM generate_series(1, 9) AS n");
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  private SentChanges publish(String mode, String query) throws SQLException {
    engine.run(
        "SET search_path = shop",
        "SELECT freshet.create_stream_table('s', '%s', '1h', '%s')".formatted(query, mode));
    engine.await("s");
    engine.run("SET search_path = shop", "SELECT freshet.stream_table_to_publication('s')");
    return new SentChanges(admin, "freshet_shop_s");
  }

  private SentChanges.Sent refreshed(SentChanges changes, String... statements)
      throws SQLException {
    engine.run(statements);
    engine.refresh("s");
    return changes.take();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DIFFERENTIAL", "FULL"})
  void onlyWhatChangedIsSentAndAMarkerAfterIt(String mode) throws SQLException {
    try (SentChanges changes = publish(mode, "SELECT id, x, x + y AS z FROM t")) {
      SentChanges.Sent sent =
          refreshed(
              changes,
              "UPDATE shop.t SET y = y + 1 WHERE id = 1",
              "UPDATE shop.t SET y = y WHERE id = 2",
              "UPDATE shop.t SET x = x + 1, y = y - 1 WHERE id = 3",
              "DELETE FROM shop.t WHERE id = 4",
              "INSERT INTO shop.t VALUES (10, 1, 1)");

      assertThat(sent.rows()).hasToString("{shop.s={D=1, I=1, U=2}}");
      assertThat(sent.order()).matches("B[IUD]{4}MC");
      SentChanges.Message marker = sent.messages().getFirst();
      assertThat(marker.transactional()).isTrue();
      assertThat(marker.prefix()).isEqualTo("stream_table:shop.s");
      JsonObject content = new JsonObject(marker.content());
      assertThat(content.fieldNames())
          .isEqualTo(
              Set.of(
                  "refresh_id",
                  "action",
                  "rows_inserted",
                  "rows_updated",
                  "rows_deleted",
                  "as_of",
                  "data_timestamp"));
      assertThat(content.getInteger("rows_inserted")).isEqualTo(1);
      assertThat(content.getInteger("rows_updated")).isEqualTo(2);
      assertThat(content.getInteger("rows_deleted")).isEqualTo(1);
      assertThat(
              engine.seen(
                  "SELECT h.refresh_id, f.as_of FROM freshet.refresh_history AS h, freshet.frontier AS f ORDER BY 1 DESC LIMIT 1"))
          .isEqualTo(content.getLong("refresh_id") + " | " + content.getString("as_of"));
    }
  }

  @Test
  void aRefreshAsExpectedIsMarkedToo() throws SQLException {
    try (SentChanges changes =
        publish("AUTO", "SELECT x, count(*) AS n, sum(y) AS y FROM t GROUP BY x")) {
      for (int round = 0; round < 5; round++) {
        SentChanges.Sent sent =
            refreshed(changes, "UPDATE shop.t SET y = y + 1 WHERE id = %d".formatted(round + 1));
        assertThat(sent.order()).isEqualTo("BUMC");
        assertThat(sent.messages()).hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"DIFFERENTIAL", "FULL"})
  void whatComesToNothingSendsNoRow(String mode) throws SQLException {
    try (SentChanges changes = publish(mode, "SELECT x, count(*) AS n FROM t GROUP BY x")) {
      SentChanges.Sent sent =
          refreshed(
              changes,
              "UPDATE shop.t SET x = x + 1 WHERE id = 1",
              "UPDATE shop.t SET x = x - 1 WHERE id = 1",
              "UPDATE shop.t SET y = 0");

      assertThat(sent.rows()).isEmpty();
      assertThat(refreshed(changes).order()).doesNotContain("I", "U", "D", "T");
    }
  }

  @Test
  void aRepairSendsOnlyWhatWasWrong() throws SQLException {
    try (SentChanges changes = publish("AUTO", "SELECT id, x FROM t")) {
      admin.run(
          "SELECT freshet.allow_writes()",
          "SET session_replication_role = replica",
          "SELECT set_config('freshet.refreshing', key, false) FROM freshet.write_key; UPDATE shop.s SET x = 77 WHERE id = 5; DELETE FROM shop.s WHERE id = 6");
      changes.take();
      engine.run("SELECT freshet.repair_stream_table('shop.s')");

      assertThat(refreshed(changes).rows()).hasToString("{shop.s={I=1, U=1}}");
    }
  }

  @Test
  void aTruncatedSourceTakesRowsAwayOneByOne() throws SQLException {
    try (SentChanges changes = publish("AUTO", "SELECT id, x FROM t")) {
      SentChanges.Sent sent =
          refreshed(changes, "TRUNCATE shop.t", "INSERT INTO shop.t VALUES (1, 1, 1), (20, 1, 1)");

      assertThat(sent.rows()).hasToString("{shop.s={D=8, I=1}}");
      assertThat(sent.order()).doesNotContain("T");
    }
  }

  @Test
  void anotherQueryWithTheSameColumnsSendsTheDifference() throws SQLException {
    try (SentChanges changes = publish("AUTO", "SELECT id, x FROM t")) {
      SentChanges.Sent sent =
          refreshed(
              changes,
              "SET search_path = shop",
              "SELECT freshet.alter_stream_table('s', query => 'SELECT id, x FROM t WHERE id > 2')");

      assertThat(sent.rows()).hasToString("{shop.s={D=2}}");
      assertThat(engine.seen("SELECT pubname FROM pg_publication")).isEqualTo("freshet_shop_s");
    }
  }

  @Test
  void aTableThatIsRebuiltTakesItsOldRowsAwayBeforeItBringsTheNew() throws SQLException {
    try (SentChanges changes = publish("AUTO", "SELECT id, x FROM t")) {
      String before = engine.seen("SELECT oid FROM pg_publication");
      SentChanges.Sent sent =
          refreshed(
              changes,
              "SET search_path = shop",
              "SELECT freshet.alter_stream_table('s', query => 'SELECT x::text AS x, count(*) AS n FROM t GROUP BY x')");

      assertThat(sent.rows()).hasToString("{shop.s={D=9, I=3}}");
      assertThat(sent.order()).matches("BD{9}CBI{3}MC");
      assertThat(engine.seen("SELECT oid FROM pg_publication")).isEqualTo(before);
      assertThat(engine.verify("s")).isEqualTo("0 | 0");
    }
  }

  @Test
  void aRefreshNeverFailsForLackOfAnIdentity() throws SQLException {
    try (SentChanges changes = publish("AUTO", "SELECT id, x FROM t")) {
      engine.run("ALTER TABLE shop.s REPLICA IDENTITY NOTHING");
      assertThat(refreshed(changes, "UPDATE shop.t SET x = x + 1 WHERE id = 1").order())
          .isEqualTo("BUMC");

      engine.run("ALTER TABLE shop.s DROP CONSTRAINT s_pkey");
      assertThat(refreshed(changes, "UPDATE shop.t SET x = x + 1 WHERE id = 1").order())
          .isEqualTo("BUMC");
      assertThat(engine.failures()).isEqualTo("0");
    }
  }

  /** As the page on publications advises, against markers of others. */
  @Test
  void theServiceAloneMayMarkWhereTheRightIsTakenFromAll() throws SQLException {
    try (SentChanges changes = publish("AUTO", "SELECT id, x FROM t")) {
      admin.run(
          """
          DO $do$
          DECLARE emit regprocedure;
          BEGIN
              FOR emit IN SELECT oid FROM pg_proc WHERE proname = 'pg_logical_emit_message' LOOP
                  EXECUTE format('REVOKE EXECUTE ON FUNCTION %%s FROM PUBLIC', emit);
                  EXECUTE format('GRANT EXECUTE ON FUNCTION %%s TO %1$s', emit);
              END LOOP;
          END $do$\
          """
              .formatted(engine.database().service().user()));
      assertThatThrownBy(
              () -> engine.run("SELECT pg_logical_emit_message(true, 'stream_table:shop.s', '{}')"))
          .hasMessageContaining("permission denied for function pg_logical_emit_message");
      assertThat(refreshed(changes, "UPDATE shop.t SET x = x + 1 WHERE id = 1").order())
          .isEqualTo("BUMC");
    }
  }

  @Test
  void nothingIsMarkedThatIsNotPublished() throws SQLException {
    publish("AUTO", "SELECT id, x FROM t").close();
    engine.run("SELECT freshet.drop_stream_table_publication('shop.s')");
    admin.run("CREATE PUBLICATION theirs FOR TABLE shop.s");
    try (SentChanges changes = new SentChanges(admin, "theirs")) {
      assertThat(refreshed(changes, "UPDATE shop.t SET x = x + 1 WHERE id = 1").order())
          .isEqualTo("BUC");
    }
  }

  @Test
  void whatEverybodyPublishesIsRefreshedAsWell() throws SQLException {
    engine.run(
        "SET search_path = shop",
        "SELECT freshet.create_stream_table('bag', 'SELECT x, y % 2 AS y FROM t', '1h')",
        "SELECT freshet.create_stream_table('nested', 'SELECT n, count(*) AS groups FROM (SELECT x, count(*) AS n FROM t GROUP BY x) AS g GROUP BY n', '1h')");
    engine.await("bag");
    engine.await("nested");
    admin.run("CREATE PUBLICATION everything FOR ALL TABLES");
    for (int round = 0; round < 4; round++) {
      engine.run(
          "UPDATE shop.t SET x = x + 1 WHERE id % 2 = " + round % 2,
          "DELETE FROM shop.t WHERE id = " + (round + 1),
          "INSERT INTO shop.t VALUES (%d, 1, 1)".formatted(100 + round));
      engine.refresh("bag");
      engine.refresh("nested");
    }
    assertThat(engine.failures()).isEqualTo("0");
    assertThat(engine.verify("bag") + engine.verify("nested")).isEqualTo("0 | 00 | 0");
  }
}
