package dev.freshet.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class WaitingDdlTest {

  @Test
  void aChangeOfASourceIsNotKeptWaitingByALongRefresh() throws SQLException {
    try (RunningEngine engine = RunningEngine.create()) {
      engine.run(
          "SET search_path = shop",
          "CREATE TABLE t (id int PRIMARY KEY)",
          "INSERT INTO t VALUES (1)",
          "CREATE TABLE h AS SELECT n FROM generate_series(1, 100000) AS n",
          "SELECT freshet.create_stream_table('s', 'SELECT t.id FROM t CROSS JOIN h AS a CROSS JOIN h AS b CROSS JOIN h AS c WHERE a.n + b.n + c.n < t.id', '1h')");
      engine.awaitSeen(
          "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%freshet populate%' AND application_name LIKE 'freshet worker%' AND datname = current_database()",
          "1");

      engine.run("SET statement_timeout = '30s'", "ALTER TABLE shop.t ADD COLUMN x int");

      assertThat(
              engine.seen("SELECT count(*) FROM information_schema.columns WHERE table_name = 't'"))
          .isEqualTo("2");
      engine.run("SELECT freshet.drop_stream_table('shop.s')");
    }
  }
}
