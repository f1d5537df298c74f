package dev.freshet.refresh.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.catalog.database.Session;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LockWatcherTest {

  @Test
  void refreshThatDdlQueuesBehindIsFound() throws Exception {
    try (CaptureDatabase database = new CaptureDatabase();
        Session refresh = database.session();
        Session user = database.session()) {
      database.run("CREATE TABLE t (id int)");
      refresh.query("SELECT pg_advisory_lock(1718775923, 1)");
      refresh.query("BEGIN; SELECT * FROM t");
      Future<RowSet<Row>> running = refresh.sendQuery("SELECT pg_sleep(300)");
      assertThat(LockWatcher.inTheWay(database.service, Duration.ZERO)).isEmpty();

      Future<RowSet<Row>> ddl = user.sendQuery("ALTER TABLE t ADD COLUMN v int");
      while (LockWatcher.inTheWay(database.service, Duration.ZERO).isEmpty()) {
        Thread.onSpinWait();
      }
      assertThat(LockWatcher.inTheWay(database.service, Duration.ofHours(1))).isEmpty();
      assertThat(LockWatcher.inTheWay(database.service, Duration.ZERO))
          .containsExactly(refresh.processId());

      database.run("SELECT pg_cancel_backend(%d)".formatted(refresh.processId()));
      assertThat(stateOf(running)).isEqualTo("57014");
      refresh.query("ROLLBACK");
      Session.join(ddl);
    }
  }

  private static String stateOf(Future<RowSet<Row>> running) {
    try {
      Session.join(running);
      return "finished";
    } catch (DatabaseException failed) {
      return failed.sqlState();
    }
  }
}
