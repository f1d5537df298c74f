package dev.freshet.app.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailureTest {

  private RunningEngine engine;

  @BeforeEach
  void start() throws SQLException {
    engine = RunningEngine.create();
    engine.run(
        "SET search_path = shop",
        "CREATE TABLE t (id int PRIMARY KEY, x int)",
        "INSERT INTO t VALUES (1, 1)",
        """
        SELECT freshet.create_stream_table('inverse', 'SELECT id, 100 / x AS y FROM t', '100ms'),
               freshet.create_stream_table('copy', 'SELECT id, y FROM inverse', '100ms'),
               freshet.create_stream_table('same', 'SELECT id, x FROM t', '100ms')\
        """);
    engine.await("copy");
    engine.await("same");
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void aFailureKeepsTheRowsAndSaysWhy() throws SQLException {
    engine.run("INSERT INTO shop.t VALUES (2, 0)");

    assertThatThrownBy(() -> engine.refresh("inverse")).hasMessageContaining("division by zero");

    assertThat(engine.rows("SELECT * FROM inverse")).isEqualTo("1 | 100");
    assertThat(
            engine.seen(
                """
                SELECT status, error_code, error_message, action FROM freshet.refresh_history
                WHERE pgt_id = 1 ORDER BY refresh_id DESC LIMIT 1\
                """))
        .isEqualTo("ERROR | 22012 | division by zero | DIFFERENTIAL");
  }

  @Test
  void consumersOfWhatFailedStayAndTheOthersGoOn() throws SQLException {
    engine.run("INSERT INTO shop.t VALUES (2, 0)");

    engine.awaitSeen("SELECT * FROM shop.same ORDER BY 1", "1 | 1\n2 | 0");
    engine.awaitSeen(
        "SELECT DISTINCT refresh_reason FROM freshet.refresh_history WHERE pgt_id = 2 AND action = 'SKIP'",
        "upstream_error");
    assertThat(engine.rows("SELECT * FROM copy")).isEqualTo("1 | 100");
  }

  @Test
  void aRepairIsTriedAtOnce() throws SQLException {
    engine.run("INSERT INTO shop.t VALUES (2, 0)");
    engine.awaitSeen("SELECT status FROM freshet.condition WHERE pgt_id = 1", "ERROR");

    engine.run(
        "SET search_path = shop",
        "UPDATE t SET x = 5 WHERE id = 2",
        "SELECT freshet.repair_stream_table('inverse')");

    engine.awaitSeen("SELECT * FROM shop.inverse ORDER BY 1", "1 | 100\n2 | 20");
    assertThat(
            engine.seen(
                "SELECT refresh_reason FROM freshet.refresh_history WHERE pgt_id = 1 AND status <> 'ERROR'"
                    + " ORDER BY refresh_id DESC LIMIT 1"))
        .isEqualTo("repair");
  }

  @Test
  void whatFailsAgainAndAgainIsSuspendedUntilItIsResumed() throws SQLException {
    engine.run("INSERT INTO shop.t VALUES (2, 0)");

    engine.awaitSeen(
        "SELECT status, consecutive_errors, suspend_reason, last_error FROM freshet.condition WHERE pgt_id = 1",
        "SUSPENDED | 3 | 3 errors in a row | division by zero");
    assertThat(
            engine.seen(
                "SELECT count(*) FROM freshet.refresh_history WHERE pgt_id = 1 AND status = 'ERROR'"))
        .isEqualTo("3");

    engine.run(
        "SET search_path = shop",
        "UPDATE t SET x = 5 WHERE id = 2",
        "SELECT freshet.resume_stream_table('inverse')");
    engine.awaitSeen("SELECT * FROM shop.copy ORDER BY 1", "1 | 100\n2 | 20");
    assertThat(engine.verify("copy")).isEqualTo("0 | 0");
  }

  @Test
  void whatCannotBeDifferentialIsRefusedWhereThatIsDemanded() throws SQLException {
    engine.run(
        "SET search_path = shop",
        "CREATE MATERIALIZED VIEW m AS SELECT id FROM t",
        "SELECT freshet.create_stream_table('of_m', 'SELECT id FROM m', refresh_mode => 'DIFFERENTIAL')");

    assertThatThrownBy(() -> engine.await("of_m"))
        .hasMessageContaining("refresh_mode DIFFERENTIAL is not possible");

    assertThat(
            engine.seen(
                "SELECT status, is_populated, last_error_code, retry_at FROM freshet.condition WHERE pgt_id = 4"))
        .isEqualTo("ERROR | f | 0A000 | null");
    assertThatThrownBy(() -> engine.verify("of_m"))
        .hasMessageContaining("shop.of_m has failed: refresh_mode DIFFERENTIAL is not possible");
    assertThat(engine.seen("SELECT status FROM freshet.condition WHERE pgt_id = 4"))
        .isEqualTo("ERROR");
    engine.run(
        "SET search_path = shop",
        "SELECT freshet.alter_stream_table('of_m', refresh_mode => 'AUTO')");
    engine.await("of_m");
    assertThat(engine.rows("SELECT id FROM of_m")).isEqualTo("1");
  }

  /**
   * Rows are exchanged one by one, so that another index than the key's sees two of them for a
   * moment.
   */
  @Test
  void aUniqueIndexOfTheUsersThatARefreshRunsIntoIsNamed() throws SQLException {
    engine.run(
        "SET search_path = shop",
        "INSERT INTO t VALUES (2, 2), (3, 3)",
        "CALL freshet.refresh_stream_table('same')",
        "CREATE UNIQUE INDEX of_the_user ON same (x)",
        "UPDATE t SET x = 5 - x WHERE id IN (2, 3)");

    engine.awaitSeen(
        "SELECT DISTINCT last_error_code, last_error LIKE '%of_the_user%' FROM freshet.condition c JOIN freshet.definition USING (pgt_id) WHERE pgt_name = 'same' AND last_error IS NOT NULL",
        "23505 | t");
    assertThat(engine.rows("SELECT * FROM same ORDER BY 1")).isEqualTo("1 | 1\n2 | 2\n3 | 3");

    engine.run(
        "SET search_path = shop",
        "DROP INDEX of_the_user",
        "SELECT freshet.repair_stream_table('same')");

    engine.awaitSeen("SELECT * FROM shop.same ORDER BY 1", "1 | 1\n2 | 3\n3 | 2");
  }

  @Test
  void whoWaitsNeedNotBeAllowedToWrite() throws SQLException {
    engine.run(
        "SET default_transaction_read_only = on",
        "CALL freshet.wait_for_stream_table('shop.same')",
        "BEGIN",
        "CALL freshet.wait_for_stream_table('shop.same')",
        "COMMIT");
  }
}
