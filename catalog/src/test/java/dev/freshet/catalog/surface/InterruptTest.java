package dev.freshet.catalog.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands against refreshes. */
@Timeout(60)
class InterruptTest {

  private final ShopDatabase database = ShopDatabase.create();
  private final Caller shop = database.shop();
  private final Caller superuser = database.superuser();

  @BeforeEach
  void aStreamTable() throws SQLException {
    shop.run("SELECT freshet.create_stream_table('totals', 'SELECT id FROM orders')");
  }

  @Test
  void aRunningRefreshIsCancelledAndItsWritesAreGone() throws Exception {
    try (Service service = Service.idle(database.service())) {
      service.run("SELECT pg_advisory_lock(1718775923, 1)");
      service.run("BEGIN ISOLATION LEVEL REPEATABLE READ");
      service.run("INSERT INTO shop.totals VALUES (1)");
      CompletableFuture<String> outcome =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  service.run("SELECT pg_sleep(50)");
                  return "slept";
                } catch (SQLException error) {
                  return rollBackAndUnlock(service, error.getSQLState());
                }
              },
              task -> Thread.ofPlatform().daemon().start(task));

      shop.run(
          "SELECT freshet.alter_stream_table('totals', query => 'SELECT id::text AS id FROM orders')");

      assertThat(outcome.get(20, TimeUnit.SECONDS)).isEqualTo("57014");
      assertThat(superuser.rows("SELECT count(*) FROM totals")).isEqualTo("0");
    }
  }

  private static String rollBackAndUnlock(Service service, String state) {
    try {
      service.run("ROLLBACK");
      service.run("SELECT pg_advisory_unlock(1718775923, 1)");
      return state;
    } catch (SQLException again) {
      return "not rolled back: " + again.getMessage();
    }
  }

  @Test
  void noRefreshStartsBeforeTheCommandIsCommitted() throws SQLException {
    try (var session = shop.connect();
        Service service = Service.idle(database.service())) {
      session.setAutoCommit(false);
      session.createStatement().execute("SELECT freshet.suspend_stream_table('totals')");

      assertThat(service.rows("SELECT pg_try_advisory_lock(1718775923, 1)")).isEqualTo("f");
      session.commit();
      assertThat(service.rows("SELECT pg_try_advisory_lock(1718775923, 1)")).isEqualTo("t");
    }
  }

  @Test
  void whatWasReadBeforeTheCommandIsNotWrittenAfter() throws SQLException {
    String epoch = superuser.rows("SELECT epoch FROM freshet.frontier");

    for (String command :
        new String[] {
          "suspend_stream_table('totals')",
          "resume_stream_table('totals')",
          "repair_stream_table('totals')",
          "alter_stream_table('totals', schedule => '7s')",
          "alter_stream_table('totals', query => 'SELECT id FROM orders WHERE id > 0')",
          "release_source('orders')"
        }) {
      shop.run("SELECT freshet." + command);
      String raised = superuser.rows("SELECT epoch FROM freshet.frontier");
      assertThat(Long.parseLong(raised)).as(command).isGreaterThan(Long.parseLong(epoch));
      epoch = raised;
    }
  }

  @Test
  void commandsOfTwoSessionsQueueAndDoNotCancelEachOther() throws Exception {
    try (var first = shop.connect()) {
      first.setAutoCommit(false);
      first
          .createStatement()
          .execute("SELECT freshet.alter_stream_table('totals', tier => 'warm')");
      CompletableFuture<String> second =
          inAnotherThread(
              () -> shop.rows("SELECT freshet.alter_stream_table('totals', schedule => '9s')"));
      awaitWaitingSessions(1);
      first
          .createStatement()
          .execute("SELECT freshet.alter_stream_table('totals', tier => 'cold')");
      first.commit();
      second.get(20, TimeUnit.SECONDS);
    }

    assertThat(superuser.rows("SELECT tier, schedule FROM freshet.definition"))
        .isEqualTo("cold | 9s");
  }

  @Test
  void oneOfTwoThatCreateTheSameNameWins() throws Exception {
    String create = "SELECT freshet.create_stream_table%s('twice', 'SELECT id FROM orders')";
    try (var first = shop.connect()) {
      first.setAutoCommit(false);
      first.createStatement().execute(create.formatted(""));
      CompletableFuture<String> second =
          inAnotherThread(() -> shop.refused(create.formatted("")).said());
      CompletableFuture<String> third =
          inAnotherThread(() -> shop.rows(create.formatted("_if_not_exists")));
      awaitWaitingSessions(2);
      first.commit();

      assertThat(second.get(20, TimeUnit.SECONDS))
          .isEqualTo("42P07: relation shop.twice already exists");
      assertThat(third.get(20, TimeUnit.SECONDS)).isEqualTo("twice");
    }
    assertThat(superuser.rows("SELECT count(*) FROM freshet.definition WHERE pgt_name = 'twice'"))
        .isEqualTo("1");
  }

  private static CompletableFuture<String> inAnotherThread(Callable<String> call) {
    CompletableFuture<String> result = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            result.complete(call.call());
          } catch (Exception failed) {
            result.completeExceptionally(failed);
          }
        });
    return result;
  }

  private void awaitWaitingSessions(int count) throws SQLException {
    String waiting =
        "SELECT count(*) >= %d FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            .formatted(count);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!superuser.rows(waiting).equals("t")) {
      assertThat(System.nanoTime()).as("still not waiting").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void aCommandForSomethingJustDroppedSaysSo() throws SQLException {
    shop.run("SELECT freshet.drop_stream_table('totals')");

    assertThatThrownBy(() -> shop.run("SELECT freshet.suspend_stream_table('totals')"))
        .isInstanceOf(SQLException.class);
  }

  /** The last word of a refresh: nothing has happened to the stream table since it was read. */
  @Test
  void aRefreshThatReadAnotherEpochIsNotWritten() throws SQLException {
    String outcome =
        "SELECT freshet.complete_refresh(1, %s, 'shop.totals'::regclass, now(), '{0,0,0}', '{}', NULL, '{\"action\": \"FULL\"}')";
    String before =
        "SELECT epoch, as_of, own_xid, (SELECT count(*) FROM freshet.event) FROM freshet.frontier";
    String then = superuser.rows(before);

    assertThatThrownBy(
            () -> superuser.rows(outcome.formatted("(SELECT epoch - 1 FROM freshet.frontier)")))
        .isInstanceOfSatisfying(
            SQLException.class, stale -> assertThat(stale.getSQLState()).isEqualTo("40001"));
    assertThat(superuser.rows(before)).isEqualTo(then);
  }

  @Test
  void aRefreshDuringWhichAPartitionCameIsNotWritten() throws SQLException {
    shop.run("CREATE TABLE parted (a int) PARTITION BY LIST (a)", "CREATE TABLE part (a int)");
    try (Service service = Service.idle(database.service())) {
      service.run("BEGIN ISOLATION LEVEL REPEATABLE READ");
      service.run("SELECT count(*) FROM freshet.frontier");
      shop.run("ALTER TABLE parted ATTACH PARTITION part FOR VALUES IN (1)");

      assertThatThrownBy(() ->
              service.run(
                  "SELECT freshet.complete_refresh(1, (SELECT epoch FROM freshet.frontier), 'shop.totals'::regclass, now(), '{0,0,0}', ARRAY['shop.parted'::regclass]::oid[], NULL, '{\"action\": \"FULL\"}')"))
          .hasMessageContaining("a source of stream table 1 was changed while it was read");
    }
  }

  /** The service installs capture after the commit; a command that did would stop writers. */
  @Test
  void commandsLockNoSourceAgainstItsWriters() throws SQLException {
    try (var session = shop.connect();
        var statement = session.createStatement()) {
      session.setAutoCommit(false);
      for (String command :
          new String[] {
            "create_stream_table('more', 'SELECT id FROM orders')",
            "alter_stream_table('more', query => 'SELECT id AS key FROM orders')",
            "suspend_stream_table('totals')",
            "resume_stream_table('totals')",
            "repair_stream_table('totals')",
            "drop_stream_table('more')"
          }) {
        statement.execute("SELECT freshet." + command);
      }
      assertThat(
              superuser.rows(
                  "SELECT DISTINCT mode FROM pg_locks WHERE relation = 'shop.orders'::regclass AND pid <> pg_backend_pid()"))
          .isEqualTo("AccessShareLock");
      session.rollback();
    }
  }

  @Test
  void aTransactionWithACommandCannotBePrepared() throws SQLException {
    try (var session = shop.connect();
        var statement = session.createStatement()) {
      session.setAutoCommit(false);
      statement.execute("SELECT freshet.create_stream_table('more', 'SELECT id FROM orders')");

      assertThatThrownBy(() -> statement.execute("PREPARE TRANSACTION 'more'"))
          .hasMessageContaining("cannot PREPARE a transaction");
    }
    assertThat(superuser.rows("SELECT to_regclass('shop.more')")).isEqualTo("null");
  }
}
