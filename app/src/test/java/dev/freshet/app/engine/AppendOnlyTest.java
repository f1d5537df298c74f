package dev.freshet.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AppendOnlyTest {

  private RunningEngine engine;

  @BeforeEach
  void start() throws SQLException {
    engine = RunningEngine.create();
    engine.run(
        "SET search_path = shop",
        "CREATE TABLE t (id int PRIMARY KEY, x int)",
        "INSERT INTO t VALUES (1, 1)",
        "SELECT freshet.create_stream_table('s', 'SELECT id, x FROM t WHERE x > 0', '1h', append_only => true)");
    engine.await("s");
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void insertionsLeaveThePromiseAsItIs() throws SQLException {
    engine.run("INSERT INTO shop.t VALUES (2, 2), (3, -3)");

    engine.refresh("s");

    assertThat(engine.rows("SELECT * FROM s ORDER BY id")).isEqualTo("1 | 1\n2 | 2");
    assertThat(engine.seen("SELECT append_only FROM freshet.pgt_stream_tables")).isEqualTo("t");
  }

  @Test
  void anUpdateIsAppliedEndsThePromiseAndIsAlerted() throws Exception {
    BlockingQueue<String> alerts = engine.alerts();
    engine.run("UPDATE shop.t SET x = 7 WHERE id = 1");

    engine.refresh("s");

    assertThat(engine.rows("SELECT * FROM s")).isEqualTo("1 | 7");
    assertThat(engine.verify("s")).isEqualTo("0 | 0");
    assertThat(engine.seen("SELECT append_only FROM freshet.pgt_stream_tables")).isEqualTo("f");
    assertThat(alerts.poll(10, TimeUnit.SECONDS))
        .contains("\"event\": \"append_only_ended\"", "\"stream_table\": \"shop.s\"");
  }
}
