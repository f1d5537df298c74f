package dev.freshet.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.testing.InstalledDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The policy two-arm, chosen for the database. */
class TwoArmTest {

  private static final String KNOWN =
      "SELECT policy, confidence <> 'none' AS decides FROM freshet.df_threshold_advice";

  private InstalledDatabase database;
  private RunningEngine engine;

  @BeforeEach
  void create() throws SQLException {
    database = InstalledDatabase.create();
    database.set("freshet.prediction_policy = 'two-arm'");
    engine = new RunningEngine(database);
    engine.run(
        "SET search_path = shop",
        "CREATE TABLE t (id int PRIMARY KEY, x int NOT NULL)",
        "INSERT INTO t SELECT g, g % 10 FROM generate_series(1, 20000) g",
        "ANALYZE t",
        "SELECT freshet.create_stream_table('s', 'SELECT x, max(id) AS last FROM t GROUP BY x', '1h')");
    engine.await("s");
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  /** What it knows, another service reads from the history and the catalog. */
  private void restart() {
    engine.close();
    engine = new RunningEngine(database);
  }

  private void insert(int from, int to) throws SQLException {
    engine.run(
        "INSERT INTO shop.t SELECT g, g %% 10 FROM generate_series(%d, %d) g".formatted(from, to));
  }

  @Test
  void decidesFromTheFirstPopulationOn() throws SQLException {
    restart();
    engine.awaitSeen(KNOWN, "two-arm | t");
    insert(100_001, 100_100);
    engine.refresh("s");

    assertThat(
            engine.seen(
                "SELECT action, predicted_diff_ms > 0 AS diff, predicted_full_ms > 0 AS whole FROM freshet.pgt_refresh_history"
                    + " ORDER BY refresh_id DESC LIMIT 1"))
        .isEqualTo("DIFFERENTIAL | t | t");
    assertThat(engine.verify("s")).isEqualTo("0 | 0");
  }

  @Test
  void leavesDifferencesThatWereExpensiveAndSaysSo() throws SQLException {
    for (int i = 1; i <= 8; i++) {
      insert(100_000 + 1000 * i, 100_000 + 1000 * i + 100 * i);
      engine.refresh("s");
    }
    database
        .admin()
        .run(
            """
            UPDATE freshet.event SET payload = payload
                || jsonb_build_object('duration_ms', 10 * (payload ->> 'delta_row_count')::int)
            WHERE type = 'RefreshCompleted' AND payload ->> 'action' = 'DIFFERENTIAL'\
            """,
            "UPDATE freshet.event SET payload = payload || '{\"duration_ms\": 400}'"
                + " WHERE type = 'RefreshCompleted' AND payload ->> 'action' = 'REINITIALIZE'",
            "UPDATE freshet.condition SET last_full_ms = 400");
    restart();
    engine.awaitSeen("SELECT full_beyond < 2000 FROM freshet.pgt_cost_models", "t");
    insert(200_001, 202_000);
    assertThat(engine.rows("SELECT next_mode, code FROM freshet.explain_refresh_mode('s')"))
        .isEqualTo("FULL | predicted_cost_exceeds_full");

    engine.refresh("s");

    assertThat(
            engine.seen(
                "SELECT action, refresh_reason, delta_row_count FROM freshet.pgt_refresh_history"
                    + " ORDER BY refresh_id DESC LIMIT 1"))
        .isEqualTo("FULL | predicted_cost_exceeds_full | 2000");
    assertThat(engine.verify("s")).isEqualTo("0 | 0");
  }

  @Test
  void aPolicyThatThereIsNotIsLeftOut() throws SQLException {
    restart();
    engine.awaitSeen(KNOWN, "two-arm | t");
    database.set("freshet.prediction_policy = 'oracle'");
    engine.awaitSeen("SELECT policy FROM freshet.df_threshold_advice", "regression");
  }

  /** The kinds of work that the model tells apart. */
  @Test
  void whatAChangeMakesAStageDoIsInThePlan() throws SQLException {
    engine.run(
        "SELECT freshet.create_stream_table('shop.few', 'SELECT id FROM shop.t WHERE x < 5', '1h')",
        "SELECT freshet.create_stream_table('shop.both', 'SELECT a.id, b.x FROM shop.t a JOIN shop.t b USING (id)', '1h')",
        "SELECT freshet.create_stream_table('shop.top', 'SELECT id, x FROM shop.t ORDER BY id DESC LIMIT 3', '1h')");
    for (String name : new String[] {"few", "both", "top"}) {
      engine.await(name);
    }

    assertThat(
            engine.seen(
                """
                SELECT string_agg(t.pgt_name || ' ' || (c.plan #>> '{operators,-1,work}'), ', ' ORDER BY t.pgt_name)
                FROM freshet.condition c JOIN freshet.definition t USING (pgt_id) WHERE t.pgt_name <> 's'\
                """))
        .isEqualTo("both join, few linear, top whole");
    assertThat(
            engine.seen(
                """
                SELECT c.plan -> 'operators' @> '[{"work": "rereading"}]' AS rereads
                FROM freshet.condition c JOIN freshet.definition t USING (pgt_id) WHERE t.pgt_name = 's'\
                """))
        .isEqualTo("t");
  }
}
