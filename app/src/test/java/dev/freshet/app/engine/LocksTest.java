package dev.freshet.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a refresh locks, and that its snapshot comes after. */
class LocksTest {

  private static final String PENDING =
      "SELECT pending_changes FROM freshet.explain_refresh_mode('shop.s')";

  private static final String REFRESHES =
      "SELECT count(*) FROM freshet.refresh_history WHERE pgt_id = 1";

  private RunningEngine engine;

  @BeforeEach
  void start() throws SQLException {
    engine = RunningEngine.create();
    engine.run(
        "SET search_path = shop",
        "CREATE TABLE t (id int PRIMARY KEY, x int)",
        "INSERT INTO t VALUES (1, 1)",
        "SELECT freshet.create_stream_table('s', 'SELECT id, x FROM t', '100ms')");
    engine.await("s");
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  /** The first time by the ordinary way, later by the short one. */
  @Test
  void whoIsLockedByAnotherRefreshIsLeftAloneUntilThatIsOver() throws SQLException {
    for (int id = 2; id < 6; id++) {
      try (Connection other = engine.database().admin().connect();
          var statement = other.createStatement()) {
        statement.execute("SELECT pg_advisory_lock(1718775923, 1)");
        String before = engine.seen(REFRESHES);
        engine.run("INSERT INTO shop.t VALUES (%d, %1$d)".formatted(id), "SELECT pg_sleep(0.6)");

        assertThat(engine.seen(REFRESHES)).isEqualTo(before);
        assertThat(engine.seen("SELECT max(id) FROM shop.s")).isEqualTo(String.valueOf(id - 1));
      }
      engine.awaitSeen("SELECT max(id) FROM shop.s", String.valueOf(id));
    }
    assertThat(engine.failures()).isEqualTo("0");
    assertThat(engine.verify("s")).isEqualTo("0 | 0");
  }

  /** A snapshot taken before the lock was had would see the table as it was, or as empty. */
  @Test
  void aSourceThatIsEmptiedOrRewrittenWhileARefreshWaitsForItIsReadAsItIsThen() throws Exception {
    String[] changes = {
      "TRUNCATE t; INSERT INTO t VALUES (7, 7)",
      "ALTER TABLE t ALTER x SET DEFAULT 3; CLUSTER t USING t_pkey; INSERT INTO t VALUES (8, 8)",
      "DELETE FROM t WHERE id = 7"
    };
    for (String change : changes) {
      try (Connection owner = engine.connect();
          var statement = owner.createStatement()) {
        do {
          // A refresh that has read the change before the lock was had would not wait for it.
          statement.execute("ROLLBACK");
          engine.run(
              "INSERT INTO shop.t VALUES (100, 1) ON CONFLICT (id) DO UPDATE SET x = t.x + 1");
          statement.execute("BEGIN");
          statement.execute("LOCK TABLE t IN ACCESS EXCLUSIVE MODE");
        } while (engine.seen(PENDING).equals("0"));
        CompletableFuture<Void> waiting =
            CompletableFuture.runAsync(() -> {
              try {
                engine.awaitSeen(
                    "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND application_name LIKE 'freshet worker%' AND datname = current_database()",
                    "t");
              } catch (SQLException failed) {
                throw new IllegalStateException(failed);
              }
            });
        waiting.get(20, TimeUnit.SECONDS);
        statement.execute(change);
        statement.execute("COMMIT");
      }
      engine.refresh("s");
      assertThat(engine.verify("s")).as(change).isEqualTo("0 | 0");
    }
    assertThat(engine.rows("SELECT id FROM s ORDER BY id")).isEqualTo("8\n100");
  }

  @Test
  void policiesThatComeLaterStopIt() throws SQLException {
    engine.run(
        "BEGIN",
        "INSERT INTO t VALUES (2, 2)",
        "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE t FORCE ROW LEVEL SECURITY",
        "COMMIT");

    engine.awaitSeen(
        "SELECT status, split_part(last_error, ' hides', 1) FROM freshet.condition WHERE last_error IS NOT NULL AND status = 'SUSPENDED'",
        "SUSPENDED | row-level security of shop.t");
    assertThat(engine.seen("SELECT * FROM shop.s")).isEqualTo("1 | 1");

    engine.run(
        "ALTER TABLE shop.t DISABLE ROW LEVEL SECURITY",
        "SELECT freshet.resume_stream_table('shop.s')");

    engine.awaitSeen("SELECT count(*) FROM shop.s", "2");
  }
}
