package dev.freshet.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParallelTest {

  /** Takes hours, and says so in no time. */
  private static final String ENDLESS =
      "SELECT freshet.create_stream_table('endless', 'SELECT max(a.id + b.id + c.id) AS x FROM t a, t b, t c WHERE (a.id # b.id) <> c.id', '1h', 'FULL')";

  private static final String RUNNING =
      "SELECT string_agg(stream_tables::text, ' ') FROM freshet.worker_pool_status() WHERE state = 'running' AND worker LIKE 'worker-%' AND since < clock_timestamp()";

  private RunningEngine engine;

  @BeforeEach
  void start() throws SQLException {
    engine = RunningEngine.create();
    engine.run(
        "SET search_path = shop",
        "CREATE TABLE t (id int PRIMARY KEY, x int)",
        "INSERT INTO t SELECT i, i FROM generate_series(1, 10000) i");
  }

  /** Also what a test that failed has left running. */
  @AfterEach
  void stop() throws SQLException {
    engine.seen(
        "SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%c.id%' AND pid <> pg_backend_pid()");
    engine.close();
  }

  @Test
  void theDatabaseSaysHowManyWorkersAndNothingElseCounts()
      throws SQLException, InterruptedException {
    String workers = "SELECT DISTINCT workers FROM freshet.worker_pool_status()";
    String health =
        "SELECT status, detail FROM freshet.health_check() WHERE check_name = 'settings'";
    engine.awaitSeen(workers, "1");
    workers("4");
    engine.awaitSeen(workers, "4");
    assertThat(engine.seen(health)).isEqualTo("OK | null");

    BlockingQueue<String> alerts = engine.alerts();
    workers("33");
    String alert = alerts.poll(30, TimeUnit.SECONDS);
    assertThat(alert)
        .contains(
            "\"event\": \"setting_refused\"",
            "\"setting\": \"freshet.max_parallel_workers\"",
            "\"value\": \"33\"",
            "\"expected\": \"0 to 32\"");
    assertThat(engine.seen(health))
        .isEqualTo("WARNING | freshet.max_parallel_workers = '33' is not 0 to 32");
    assertThat(engine.seen(workers)).isEqualTo("4");

    workers("0");
    engine.awaitSeen(workers, "1");
    assertThat(engine.seen(health)).isEqualTo("OK | null");
    assertThat(alerts).isEmpty();
  }

  @Test
  void oneThatRunsForeverHoldsUpNoOther() throws SQLException {
    workers("2");
    engine.run(
        "SET search_path = shop",
        "SELECT freshet.create_stream_table('quick', 'SELECT id, x FROM t WHERE id < 3', '1h')");
    engine.await("quick");
    engine.awaitSeen("SELECT DISTINCT workers FROM freshet.worker_pool_status()", "2");
    engine.run("SET search_path = shop", ENDLESS);
    engine.awaitSeen(RUNNING, "{shop.endless}");

    engine.run("UPDATE shop.t SET x = 7 WHERE id = 1");
    engine.refresh("quick");

    assertThat(engine.rows("SELECT * FROM quick ORDER BY 1")).isEqualTo("1 | 7\n2 | 2");
    assertThat(engine.seen(RUNNING)).isEqualTo("{shop.endless}");
    engine.run("SELECT freshet.drop_stream_table('shop.endless')");
  }

  @Test
  void whatIsNoRefreshWaitsForNoneThoughThereIsOneWorker() throws SQLException {
    engine.run(
        "SET search_path = shop",
        "SELECT freshet.create_stream_table('known', 'SELECT id, x FROM t WHERE id < 3', '1h')");
    engine.await("known");
    engine.run("SET search_path = shop", ENDLESS);
    engine.awaitSeen(RUNNING, "{shop.endless}");
    engine.run(
        "UPDATE shop.t SET x = 7 WHERE id = 1", "SELECT freshet.request_refresh('shop.known')");

    engine.awaitSeen(
        "SELECT DISTINCT workers, queue_depth, longest_wait > interval '0' FROM freshet.worker_pool_status()",
        "1 | 1 | t");
    assertThat(engine.rows("CALL freshet.analyze_query('SELECT id FROM t')"))
        .contains("DIFFERENTIAL");
    assertThat(engine.verify("known")).isEqualTo("0 | 0");
    engine.run("SELECT freshet.drop_stream_table('shop.endless')");
  }

  /** But for time and worker, the history says the same, and so do the tables. */
  @Test
  void nobodyCanTellParallelFromSerial() throws SQLException {
    List<String> said = new ArrayList<>();
    for (String workers : List.of("0", "4")) {
      said.add(sequence(workers));
    }

    assertThat(said.get(1)).isEqualTo(said.get(0));
    assertThat(said.get(0)).contains("DIFFERENTIAL", "upstream");
  }

  private String sequence(String workers) throws SQLException {
    stop();
    start();
    workers(workers);
    engine.awaitSeen(
        "SELECT DISTINCT workers FROM freshet.worker_pool_status()",
        workers.equals("0") ? "1" : workers);
    StringBuilder create = new StringBuilder("SELECT 1");
    StringBuilder ask = new StringBuilder("SELECT 1");
    for (int i = 0; i < 6; i++) {
      create.append(
          """
          , freshet.create_stream_table('shop.a%1$d', 'SELECT x %% 7 AS k, count(*) AS n FROM shop.t WHERE id %% 6 = %1$d GROUP BY 1', '1h')
          , freshet.create_stream_table('shop.b%1$d', 'SELECT k, n FROM shop.a%1$d WHERE n > 0', '1h')\
          """
              .formatted(i));
      ask.append(", freshet.request_refresh('shop.b%d')".formatted(i));
    }
    engine.run(create.toString());
    String populated = "SELECT count(*) FROM freshet.pgt_stream_tables WHERE is_populated";
    engine.awaitSeen(populated, "12");
    for (int round = 1; round <= 3; round++) {
      engine.run(
          "INSERT INTO shop.t SELECT i, %d FROM generate_series(10000 + %1$d * 10, 10005 + %1$d * 10) i"
              .formatted(round),
          ask.toString());
      engine.awaitSeen(
          "SELECT count(*) FROM freshet.refresh_history WHERE action = 'DIFFERENTIAL'",
          String.valueOf(round * 12));
    }
    StringBuilder tables = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      tables.append(engine.rows("SELECT * FROM b%d ORDER BY 1".formatted(i))).append('\n');
    }
    return tables
        + engine.seen(
            """
            SELECT pgt_id, action, refresh_reason, initiated_by, status, rows_inserted, rows_updated, rows_deleted, delta_row_count
            FROM freshet.refresh_history ORDER BY pgt_id, refresh_id\
            """)
        + engine.seen(
            """
            SELECT stream, revision, type, payload ->> 'refresh_reason', payload ->> 'action', payload ->> 'rows_inserted'
            FROM freshet.event WHERE stream LIKE 'refresh:%' ORDER BY stream, revision\
            """);
  }

  private void workers(String number) throws SQLException {
    engine.database().set("freshet.max_parallel_workers = " + number);
  }
}
