package dev.freshet.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.testing.InstalledDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A stream table whose differences are made expensive: each change that is read takes a millisecond
 * more, which the whole query does not.
 */
class PredictionTest {

  private static final String LAST =
      "SELECT action, refresh_reason, delta_row_count FROM freshet.pgt_refresh_history"
          + " ORDER BY refresh_id DESC LIMIT 1";

  private InstalledDatabase database;
  private RunningEngine engine;
  private int inserted;

  @BeforeEach
  void create() throws SQLException {
    database = InstalledDatabase.create();
    // Who calls which function, to see that the short way is taken.
    database.set("track_functions = pl");
    engine = new RunningEngine(database);
    engine.run(
        "SET search_path = shop",
        "CREATE TABLE t (id int PRIMARY KEY, x int NOT NULL)",
        "INSERT INTO t SELECT g, g % 10 FROM generate_series(1, 20000) g",
        "ANALYZE t",
        "SELECT freshet.create_stream_table('s', 'SELECT x, count(*) AS n FROM t GROUP BY x', '1h')");
    engine.await("s");
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  private void insert(int rows) throws SQLException {
    engine.run(
        "INSERT INTO shop.t SELECT g, g %% 10 FROM generate_series(%d, %d) g"
            .formatted(100_000 + inserted, 100_000 + inserted + rows - 1));
    inserted += rows;
  }

  private void refreshWith(int rows) throws SQLException {
    insert(rows);
    engine.refresh("s");
  }

  /** Makes the log say that its refreshes by differences took so long: 1 ms, and 1 ms a change. */
  private void makeDifferencesExpensive() throws SQLException {
    database
        .admin()
        .run(
            """
            UPDATE freshet.event SET payload = payload
                || jsonb_build_object('duration_ms', 1 + (payload ->> 'delta_row_count')::int)
            WHERE type = 'RefreshCompleted' AND payload ->> 'action' = 'DIFFERENTIAL'\
            """,
            "UPDATE freshet.event SET payload = payload || '{\"duration_ms\": 400}'"
                + " WHERE type = 'RefreshCompleted' AND payload ->> 'action' = 'REINITIALIZE'",
            "UPDATE freshet.condition SET last_full_ms = 400");
    // What it knows, another service reads from the history.
    engine.close();
    engine = new RunningEngine(database);
    engine.awaitSeen("SELECT slope FROM freshet.df_threshold_advice", "1");
  }

  private void learn() throws SQLException {
    for (int rows : new int[] {10, 20, 30, 40, 50}) {
      refreshWith(rows);
    }
    makeDifferencesExpensive();
  }

  @Test
  void switchesBeforeARefreshIsSlowAndSaysWhy() throws SQLException {
    learn();
    insert(700);
    assertThat(
            engine.rows(
                "SELECT next_mode, code, reason, predicted_diff_ms, predicted_full_ms FROM freshet.explain_refresh_mode('s')"))
        .isEqualTo(
            "FULL | predicted_cost_exceeds_full | By differences the 700 changes that wait are predicted to take 701.0 ms,"
                + " more than 1.5 times the 400.0 ms of the last FULL. | 701 | 400");

    engine.refresh("s");

    assertThat(engine.seen(LAST)).isEqualTo("FULL | predicted_cost_exceeds_full | 700");
    assertThat(
            engine.seen(
                "SELECT predicted_diff_ms, predicted_full_ms FROM freshet.pgt_refresh_history"
                    + " ORDER BY refresh_id DESC LIMIT 1"))
        .isEqualTo("701 | 400");
    assertThat(engine.verify("s")).isEqualTo("0 | 0");
    assertThat(
            engine.seen(
                "SELECT count(*) FROM freshet.pgt_refresh_history"
                    + " WHERE action = 'DIFFERENTIAL' AND delta_row_count > 50"))
        .isEqualTo("0");
  }

  /** The short way is taken for what is like the last refresh, up to its power of ten. */
  @Test
  void switchesOnTheShortWayToo() throws SQLException {
    refreshWith(100);
    database
        .admin()
        .run(
            """
            SELECT freshet.append(e.stream, 'RefreshCompleted', e.payload || '{"action": "FULL", "duration_ms": 400}')
            FROM freshet.event e WHERE e.type = 'RefreshCompleted' AND e.payload ->> 'action' = 'DIFFERENTIAL'\
            """,
            """
            SELECT freshet.append(e.stream, 'RefreshCompleted',
                                  e.payload || jsonb_build_object('delta_row_count', 5 * g, 'duration_ms', 5 * g))
            FROM freshet.event e, generate_series(1, 200) g
            WHERE e.type = 'RefreshCompleted' AND e.payload ->> 'action' = 'DIFFERENTIAL'\
            """);
    engine.awaitSeen("SELECT slope > 0.9 FROM freshet.df_threshold_advice", "t");

    refreshWith(200);
    refreshWith(300);
    assertThat(engine.seen(LAST)).isEqualTo("DIFFERENTIAL | manual | 300");
    assertThat(
            engine.seen(
                "SELECT predicted_diff_ms BETWEEN 200 AND 400, predicted_full_ms FROM freshet.pgt_refresh_history"
                    + " ORDER BY refresh_id DESC LIMIT 1"))
        .isEqualTo("t | 400");
    refreshWith(900);

    assertThat(engine.seen(LAST)).isEqualTo("FULL | predicted_cost_exceeds_full | 900");
    engine.awaitSeen(
        "SELECT calls >= 2 FROM pg_stat_user_functions WHERE funcname = 'refresh_settled'", "t");
    assertThat(engine.verify("s")).isEqualTo("0 | 0");
  }

  @Test
  void theFixedThresholdDecidesUntilEnoughIsKnown() throws SQLException {
    for (int rows : new int[] {10, 20, 30, 40}) {
      refreshWith(rows);
    }
    makeDifferencesExpensive();

    assertThat(engine.rows("SELECT next_mode, code, reason FROM freshet.explain_refresh_mode('s')"))
        .startsWith("DIFFERENTIAL | ")
        .endsWith(
            " Beyond the fixed threshold, changes of 0.5 of the sources' rows, it would be FULL: of the last 60 minutes,"
                + " 4 of the 5 refreshes by differences that a prediction needs are known.");
    refreshWith(700);
    assertThat(engine.seen(LAST)).isEqualTo("DIFFERENTIAL | manual | 700");
    engine.awaitSeen("SELECT samples FROM freshet.df_threshold_advice", "5");
  }

  @Test
  void whatIsKnownIsShown() throws SQLException {
    refreshWith(10);
    engine.awaitSeen(
        "SELECT samples, slope, recommended_mode, confidence, current_threshold FROM freshet.df_threshold_advice",
        "1 | null | null | none | 0.5");
    for (int rows : new int[] {20, 30, 40, 50}) {
      refreshWith(rows);
    }
    makeDifferencesExpensive();

    assertThat(
            engine.rows(
                """
                SELECT pgt_name, samples, round(slope::numeric, 6) AS slope, round(intercept::numeric, 6) AS intercept,
                       round(r_squared::numeric, 6) AS r2, last_full_ms, predicted_diff_ms, predicted_full_ms, recommended_mode,
                       confidence, round(recommended_threshold::numeric, 6) AS recommended, current_threshold
                FROM freshet.df_threshold_advice\
                """))
        .isEqualTo(
            "s | 5 | 1.000000 | 1.000000 | 1.000000 | 400 | 51 | 400 | DIFFERENTIAL | medium | 0.029950 | 0.5");
  }

  /** What the service has fitted is what PostgreSQL fits to the same history. */
  @Test
  void isTheRegressionOfTheHistory() throws SQLException {
    for (int rows : new int[] {10, 200, 30, 40, 500, 60}) {
      refreshWith(rows);
    }

    engine.awaitSeen("SELECT samples FROM freshet.df_threshold_advice", "6");
    assertThat(
            engine.seen(
                """
                SELECT abs(a.slope - h.slope) < 1e-9 AND abs(a.intercept - h.intercept) < 1e-6 AND abs(a.r_squared - h.r2) < 1e-9
                FROM freshet.df_threshold_advice a,
                     (SELECT regr_slope(duration_ms, delta_row_count) AS slope, regr_intercept(duration_ms, delta_row_count) AS intercept,
                             regr_r2(duration_ms, delta_row_count) AS r2
                      FROM freshet.pgt_refresh_history WHERE action = 'DIFFERENTIAL') h\
                """))
        .isEqualTo("t");
  }

  @Test
  void settingsOfTheDatabaseCountWithoutARestart() throws SQLException {
    learn();
    database.set("freshet.prediction_ratio = 3");
    engine.awaitSeen(
        "SELECT round(recommended_threshold::numeric, 6) FROM freshet.df_threshold_advice",
        "0.059950");
    refreshWith(700);
    assertThat(engine.seen(LAST)).isEqualTo("DIFFERENTIAL | manual | 700");

    String inForce = "SELECT window_minutes, samples_min FROM freshet.pgt_cost_models";
    database.set("freshet.prediction_min_samples = 100");
    engine.awaitSeen(inForce, "60 | 100");
    database.set("freshet.prediction_min_samples = 'many'");
    engine.awaitSeen(inForce, "60 | 5");
    database.set("freshet.prediction_window = 20000");
    database.set("freshet.prediction_min_samples = 7");
    engine.awaitSeen(inForce, "60 | 7");
  }

  @Test
  void anotherDefinitionIsLearnedAnew() throws SQLException {
    learn();
    engine.run(
        "SELECT freshet.alter_stream_table('shop.s', 'SELECT x, count(*) AS n FROM shop.t WHERE id > 5 GROUP BY x')");
    engine.refresh("s");

    engine.awaitSeen("SELECT samples FROM freshet.df_threshold_advice", "0");
    engine.close();
    engine = new RunningEngine(database);
    refreshWith(10);
    engine.awaitSeen("SELECT samples FROM freshet.df_threshold_advice", "1");
  }
}
