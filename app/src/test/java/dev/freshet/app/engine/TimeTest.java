package dev.freshet.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stream tables whose rows come and go while nothing is written. */
class TimeTest {

  private RunningEngine engine;

  @BeforeEach
  void start() throws SQLException {
    engine = RunningEngine.create();
    engine.run(
        "SET search_path = shop",
        "CREATE TABLE t (id int PRIMARY KEY, at timestamptz)",
        "CREATE TABLE other (id int)",
        "INSERT INTO t SELECT i, now() + i * interval '1 hour' FROM generate_series(1, 3) AS i",
        """
        SELECT freshet.create_stream_table('recent', $$SELECT id FROM t WHERE at > now() - interval '1 second'$$, '100ms'),
               freshet.create_stream_table('numbers', 'SELECT count(*) AS n FROM recent', '100ms'),
               freshet.create_stream_table('quiet', 'SELECT id FROM other', '100ms')\
        """);
    engine.await("numbers");
    engine.await("quiet");
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void rowsLeaveByThemselvesAndConsumersFollow() throws SQLException {
    engine.run(
        "INSERT INTO shop.t VALUES (4, now() + interval '4 seconds'), (5, now() - interval '1 minute')");

    engine.awaitSeen("SELECT * FROM shop.recent ORDER BY id", "1\n2\n3\n4");
    engine.awaitSeen("SELECT * FROM shop.recent ORDER BY id", "1\n2\n3");
    engine.awaitSeen("SELECT n FROM shop.numbers", "3");
    assertThat(
            engine.seen(
                "SELECT DISTINCT action FROM freshet.refresh_history WHERE pgt_id = 1 AND refresh_reason <> 'initial'"))
        .isEqualTo("DIFFERENTIAL");
    assertThat(engine.verify("recent")).isEqualTo("0 | 0");
    assertThat(engine.verify("numbers")).isEqualTo("0 | 0");
  }

  @Test
  void whoWaitsSeesTheTimeOfItsRefresh() throws SQLException {
    engine.run(
        "UPDATE shop.t SET at = clock_timestamp() + interval '300 ms' - interval '1 second'");

    engine.run("SELECT pg_sleep(0.4)", "CALL freshet.refresh_stream_table('shop.recent')");

    assertThat(engine.rows("SELECT * FROM recent")).isEmpty();
  }

  @Test
  void aFrontierThatMovesWhileNothingIsWrittenTakesNoTimeAlong() throws SQLException {
    engine.run("SELECT freshet.suspend_stream_table('shop.recent')");
    engine.run("UPDATE shop.t SET at = now() WHERE id = 2");
    engine.run("SELECT pg_sleep(1.2)", "SELECT freshet.resume_stream_table('shop.recent')");

    engine.awaitSeen("SELECT * FROM shop.recent ORDER BY id", "1\n3");
    assertThat(engine.verify("recent")).isEqualTo("0 | 0");
    assertThat(engine.seen("SELECT changes_by_itself FROM freshet.condition ORDER BY pgt_id"))
        .isEqualTo("t\nf\nf");
  }
}
