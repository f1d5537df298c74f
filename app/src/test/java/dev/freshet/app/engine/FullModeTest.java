package dev.freshet.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A stream table with refresh_mode FULL keeps no inner relations, and gets them when it needs them.
 */
class FullModeTest {

  private static final String INNER =
      "SELECT count(*) > 0 FROM pg_class WHERE relnamespace = 'freshet_state'::regnamespace AND relkind = 'r'";

  private RunningEngine engine;

  @BeforeEach
  void start() throws SQLException {
    engine = RunningEngine.create();
    engine.run(
        "SET search_path = shop",
        "CREATE TABLE t (id int PRIMARY KEY, g int, v int)",
        "INSERT INTO t SELECT i, i % 5, i FROM generate_series(1, 50) AS i");
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void innerRelationsComeAndGoWithTheMode() throws SQLException {
    engine.run(
        """
        SELECT freshet.create_stream_table('s',
            'SELECT g, total, rank() OVER (ORDER BY total) AS place FROM (SELECT g, sum(v) AS total FROM t GROUP BY g) AS by_group',
            '100ms', refresh_mode => 'FULL')\
        """);
    engine.await("s");
    changeAndVerify();
    assertThat(engine.seen(INNER)).isEqualTo("f");

    engine.run("SELECT freshet.alter_stream_table('s', refresh_mode => 'AUTO')");
    engine.await("s");
    changeAndVerify();
    changeAndVerify();
    assertThat(engine.seen(INNER)).isEqualTo("t");
    assertThat(
            engine.seen(
                "SELECT action FROM freshet.refresh_history WHERE status = 'COMPLETED' ORDER BY refresh_id DESC LIMIT 1"))
        .isEqualTo("DIFFERENTIAL");

    engine.run("SELECT freshet.alter_stream_table('s', refresh_mode => 'FULL')");
    engine.await("s");
    changeAndVerify();
    assertThat(engine.seen(INNER)).isEqualTo("f");
    assertThat(engine.failures()).isEqualTo("0");
  }

  private void changeAndVerify() throws SQLException {
    engine.run(
        "SET search_path = shop",
        "UPDATE t SET v = v * 3, g = (g + 1) % 6 WHERE id % 7 = 0",
        "INSERT INTO t SELECT max(id) + 1, 4, 9 FROM t",
        "DELETE FROM t WHERE id = (SELECT min(id) FROM t)");
    assertThat(engine.verify("s")).isEqualTo("0 | 0");
  }
}
