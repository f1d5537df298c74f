package dev.freshet.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stream table whose query is altered to one with another key, or with one where none was. */
class AnotherKeyTest {

  private RunningEngine engine;

  @BeforeEach
  void start() throws SQLException {
    engine = RunningEngine.create();
    engine.run(
        "SET search_path = shop",
        "CREATE TABLE t (id int PRIMARY KEY, a int, txt text, kind text NOT NULL)",
        "INSERT INTO t SELECT g, g % 9, nullif('x' || g % 5, 'x0'), 'k' || g % 5 FROM generate_series(1, 100) g");
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT txt, sum(a) AS s FROM t GROUP BY txt | SELECT sum(a) AS s FROM t
          SELECT txt, sum(a) AS s FROM t GROUP BY txt | SELECT max(txt) AS txt, sum(a) AS s FROM t
          SELECT a FROM t | SELECT max(a) AS a FROM t
          SELECT a FROM t | SELECT a FROM t GROUP BY a
          SELECT txt, a, count(*) AS n FROM t GROUP BY txt, a | SELECT a, count(*) AS n FROM t GROUP BY a
          SELECT kind FROM t | SELECT kind, count(*) AS n FROM t GROUP BY kind
          SELECT kind FROM t | SELECT DISTINCT kind FROM t
          SELECT kind, a, id FROM t | SELECT kind, max(a) AS a FROM t GROUP BY kind
          SELECT nullif(kind, 'k1') AS kind, a FROM t | SELECT kind, a, id FROM t
          SELECT id, kind FROM t | SELECT kind FROM t
          SELECT kind, count(*) AS n FROM t GROUP BY kind | SELECT kind FROM t
          SELECT max(id) AS id FROM t | SELECT id, kind FROM t
          """)
  void equalsItsQuery(String before, String after) throws SQLException {
    engine.run("SELECT freshet.create_stream_table('s', $$" + before + "$$, '100ms')");
    engine.await("s");
    engine.run("SELECT freshet.alter_stream_table('s', query => $$" + after + "$$)");
    engine.await("s");

    assertThat(engine.verify("s")).isEqualTo("0 | 0");
    engine.run(
        "INSERT INTO t VALUES (101, 1, NULL, 'k1'), (102, NULL, 'new', 'k9')",
        "DELETE FROM t WHERE id < 20");
    assertThat(engine.verify("s")).isEqualTo("0 | 0");
    assertThat(engine.failures()).isEqualTo("0");
    assertThat(engine.seen("SELECT effective_mode FROM freshet.condition"))
        .isEqualTo("DIFFERENTIAL");
  }
}
