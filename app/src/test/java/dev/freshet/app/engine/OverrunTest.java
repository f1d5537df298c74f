package dev.freshet.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.testing.InstalledDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stream table whose differences suddenly take 20 seconds, which the whole query does not. */
class OverrunTest {

  private static final String LAST =
      """
      SELECT action, refresh_reason, delta_row_count, abandoned_ms BETWEEN 200 AND 15000 AS abandoned
      FROM freshet.pgt_refresh_history AS h JOIN freshet.pgt_stream_tables AS t USING (pgt_id)
      WHERE pgt_name = '%s' ORDER BY refresh_id DESC LIMIT 1\
      """;

  /** Slow where it is called with 666 in what reads changes. */
  private static final String SLOW =
      """
      CREATE FUNCTION shop.slow(x int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$
      BEGIN
          IF x = 666 AND current_query() ~ 'freshet_buffer|refresh_settled' THEN
              PERFORM pg_sleep(20);
          END IF;
          RETURN x;
      END $$\
      """;

  private InstalledDatabase database;
  private RunningEngine engine;
  private int inserted;

  @BeforeEach
  void create() throws SQLException {
    database = InstalledDatabase.create();
    database.set("freshet.prediction_overrun_min = 300");
    engine = new RunningEngine(database);
    database
        .admin()
        .run(SLOW, "ALTER FUNCTION shop.slow(int) OWNER TO " + database.service().user());
    engine.run(
        "SET search_path = shop",
        "CREATE TABLE t (id int PRIMARY KEY, x int NOT NULL)",
        "INSERT INTO t SELECT g, g % 10 FROM generate_series(1, 5000) g",
        "ANALYZE t",
        "SELECT freshet.create_stream_table('s', 'SELECT id, slow(x) AS x FROM t', '1h')",
        "SELECT freshet.create_stream_table('over', 'SELECT x, count(*) AS n FROM s GROUP BY x', '1h')");
    engine.await("s");
    engine.await("over");
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  private void insert(int rows, int x) throws SQLException {
    engine.run(
        "INSERT INTO shop.t SELECT g, %d FROM generate_series(%d, %d) g"
            .formatted(x, 100_000 + inserted, 100_000 + inserted + rows - 1));
    inserted += rows;
  }

  /** Until a prediction decides: the log says that it was refreshed two hundred times more. */
  private void learn(String refreshed) throws SQLException {
    insert(10, 7);
    engine.refresh(refreshed);
    database
        .admin()
        .run(
            """
            SELECT freshet.append(e.stream, 'RefreshCompleted',
                                  e.payload || jsonb_build_object('delta_row_count', g, 'duration_ms', 1 + g / 10.0))
            FROM freshet.event AS e, generate_series(1, 200) AS g
            WHERE e.type = 'RefreshCompleted' AND e.payload ->> 'action' = 'DIFFERENTIAL'\
            """);
    engine.awaitSeen(
        "SELECT decides AND samples > 200 FROM freshet.pgt_cost_models JOIN freshet.pgt_stream_tables USING (pgt_id) WHERE pgt_name = 's'",
        "t");
  }

  @Test
  void whatTakesFarLongerThanPredictedIsDoneWholeInTheSameCycle() throws SQLException {
    learn("s");
    insert(3, 666);
    engine.refresh("s");

    assertThat(engine.seen(LAST.formatted("s"))).isEqualTo("FULL | cost_overrun | 3 | t");
    assertThat(engine.verify("s")).isEqualTo("0 | 0");
    assertThat(
            engine.seen(
                "SELECT count(*) FROM freshet.pgt_refresh_history WHERE status <> 'COMPLETED'"))
        .isEqualTo("0");
  }

  /** It is tried again after four refreshes, and then that it is slow is past. */
  @Test
  void whatIsLikeItIsDoneWholeAtOnceForAWhile() throws SQLException {
    learn("s");
    insert(3, 666);
    engine.refresh("s");
    engine.awaitSeen(
        "SELECT overrun_changes FROM freshet.pgt_cost_models JOIN freshet.pgt_stream_tables USING (pgt_id) WHERE pgt_name = 's'",
        "3");
    insert(2, 7);
    assertThat(engine.rows("SELECT next_mode FROM freshet.explain_refresh_mode('s')"))
        .isEqualTo("DIFFERENTIAL");
    insert(1, 7);
    assertThat(engine.rows("SELECT next_mode, code FROM freshet.explain_refresh_mode('s')"))
        .isEqualTo("FULL | predicted_cost_exceeds_full");

    for (int refresh = 0; refresh < 4; refresh++) {
      insert(3, 7);
      engine.refresh("s");
      assertThat(engine.seen(LAST.formatted("s")))
          .startsWith("FULL | predicted_cost_exceeds_full | ");
    }
    insert(3, 7);
    engine.refresh("s");
    assertThat(engine.seen(LAST.formatted("s"))).startsWith("DIFFERENTIAL | manual | 3");
    assertThat(engine.verify("s")).isEqualTo("0 | 0");
  }

  /** The short way, for what is like the last refresh. */
  @Test
  void isGivenUpOnTheShortWayToo() throws SQLException {
    learn("s");
    insert(11, 7);
    engine.refresh("s");
    insert(9, 666);
    engine.refresh("s");

    assertThat(engine.seen(LAST.formatted("s"))).isEqualTo("FULL | cost_overrun | 9 | t");
    assertThat(engine.verify("s")).isEqualTo("0 | 0");
  }

  /** In one transaction with its consumer, which goes on. */
  @Test
  void isGivenUpAmongOthers() throws SQLException {
    learn("over");
    insert(3, 666);
    engine.refresh("over");

    assertThat(engine.seen(LAST.formatted("s"))).isEqualTo("FULL | cost_overrun | 3 | t");
    assertThat(engine.seen(LAST.formatted("over"))).startsWith("DIFFERENTIAL | ");
    assertThat(engine.verify("over")).isEqualTo("0 | 0");
  }

  @Test
  void whoHasAskedForDifferencesGetsThemHoweverLongTheyTake() throws SQLException {
    engine.run("SELECT freshet.alter_stream_table('shop.s', refresh_mode => 'DIFFERENTIAL')");
    learn("s");
    database
        .admin()
        .run(SLOW.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION").replace("(20)", "(2)"));
    insert(1, 666);
    engine.refresh("s");

    assertThat(engine.seen(LAST.formatted("s"))).isEqualTo("DIFFERENTIAL | manual | 1 | null");
  }
}
