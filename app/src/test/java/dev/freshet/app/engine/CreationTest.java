package dev.freshet.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Stream tables that are created, and want more columns, while their source is written to. */
class CreationTest {

  private static final int WRITERS = 3;

  @Test
  void nothingIsLostBetweenCaptureAndTheFirstRows() throws Exception {
    try (RunningEngine engine = RunningEngine.create()) {
      engine.run(
          "CREATE TABLE shop.t (id int PRIMARY KEY, x int, y text, z int)",
          "INSERT INTO shop.t SELECT i, i % 7, 'y' || i, i FROM generate_series(1, 2000) AS i");
      AtomicBoolean over = new AtomicBoolean();
      List<CompletableFuture<Void>> writers = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        int number = writer;
        writers.add(CompletableFuture.runAsync(() -> write(engine, number, over)));
      }
      for (int round = 0; round < 3; round++) {
        engine.run(
            "SET search_path = shop",
            "SELECT freshet.create_stream_table('narrow%d', 'SELECT x, count(*) AS n FROM t GROUP BY x', '100ms')"
                .formatted(round),
            "SELECT pg_sleep(0.3)",
            "SELECT freshet.create_stream_table('wide%d', 'SELECT id, x, %s FROM t', '100ms')"
                .formatted(round, List.of("y", "y, z", "y, z, y || z AS w").get(round)),
            "SELECT pg_sleep(0.3)");
      }
      over.set(true);
      for (CompletableFuture<Void> writer : writers) {
        writer.get(30, TimeUnit.SECONDS);
      }
      for (int round = 0; round < 3; round++) {
        assertThat(engine.verify("narrow" + round)).isEqualTo("0 | 0");
        assertThat(engine.verify("wide" + round)).isEqualTo("0 | 0");
      }
      assertThat(engine.failures()).isEqualTo("0");
    }
  }

  /** Short transactions and long ones, some of which come to nothing. */
  private static void write(RunningEngine engine, int writer, AtomicBoolean over) {
    try (Connection session = engine.connect();
        Statement statement = session.createStatement()) {
      for (int i = 0; !over.get(); i++) {
        statement.execute("BEGIN");
        statement.execute(
            "UPDATE t SET x = x + 1, z = z - 1 WHERE id %% %d = %d AND id %% 50 = %d"
                .formatted(WRITERS, writer, i % 50));
        statement.execute(
            "INSERT INTO t VALUES (%d, %d, NULL, NULL)"
                .formatted(100_000 * (writer + 1) + i, i % 7));
        statement.execute("DELETE FROM t WHERE id = %d".formatted(100_000 * (writer + 1) + i - 20));
        if (i % 10 == 0) {
          statement.execute("SELECT pg_sleep(0.2)");
        }
        statement.execute(i % 7 == 3 ? "ROLLBACK" : "COMMIT");
      }
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
