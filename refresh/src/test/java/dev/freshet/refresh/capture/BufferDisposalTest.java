package dev.freshet.refresh.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.testing.PostgresServer;
import dev.freshet.refresh.capture.DisposalOutcome.Busy;
import dev.freshet.refresh.capture.DisposalOutcome.Disposed;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BufferDisposalTest {

  /** Rotates at two pages, empties what has any. */
  private static final CaptureSettings EAGER =
      new CaptureSettings(
          1 << 20, 100_000, 16384, 0, Duration.ofSeconds(2), Duration.ofMillis(200), Duration.ZERO);

  private static final int LOCK_CLASS = 1718775923;

  private CaptureDatabase database;
  private final BufferDisposal disposal = new BufferDisposal(EAGER);
  private long t;

  @BeforeEach
  void createTable() throws SQLException {
    database = new CaptureDatabase();
    database.run("CREATE TABLE t (id int PRIMARY KEY, v text)");
    database.ensure(EAGER, "t", 1, 2);
    t = database.relid("t");
  }

  @AfterEach
  void close() {
    database.close();
  }

  private DisposalOutcome dispose() {
    return disposal.dispose(database.service, t);
  }

  /** Waiting until every older transaction is over would mean waiting for that one. */
  @Test
  void aForgottenTransactionOfAnotherDatabaseHoldsNothingUp() throws Exception {
    int one = database.consumer("t", 1, 2);
    try (Connection forgotten = PostgresServer.createDatabase().connect();
        var statement = forgotten.createStatement()) {
      statement.execute("BEGIN");
      statement.execute("SELECT pg_current_xact_id()");
      database.run("INSERT INTO t VALUES (1, 'a')");
      database.catchUp(one);

      assertThat(dispose()).isEqualTo(new Disposed(1, false, 0));
    }
  }

  @Test
  void whatEverybodyHasReadIsEmptiedInPlace() throws Exception {
    int one = database.consumer("t", 1);
    int other = database.consumer("t", 1, 2);
    database.run("INSERT INTO t VALUES (1, 'a')");
    assertThat(dispose()).isEqualTo(new Disposed(0, false, 8192));

    database.catchUp(one);
    assertThat(dispose()).isEqualTo(new Disposed(0, false, 8192));

    database.catchUp(other);
    assertThat(dispose()).isEqualTo(new Disposed(1, false, 0));
  }

  @Test
  void grownBufferIsRotatedAndEmptiedOnceReadAlthoughAWriterHoldsOn() throws Exception {
    int consumer = database.consumer("t", 1);
    try (Connection writer = database.users.connect();
        var statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      statement.execute("INSERT INTO t SELECT i, 'a' FROM generate_series(1, 2000) i");
      assertThat(((Disposed) dispose()).rotated()).isTrue();
      // The writer's own later statement goes to the other buffer; its first is still uncommitted
      // in the old one.
      statement.execute("INSERT INTO t VALUES (2001, 'b')");
      database.catchUp(consumer);
      assertThat(((Disposed) dispose()).emptied()).isZero();
      writer.commit();
    }
    assertThat(((Disposed) dispose()).emptied()).isZero();
    assertThat(database.difference("t", "id", "v")).isEqualTo("0");

    database.catchUp(consumer);
    assertThat(dispose()).isEqualTo(new Disposed(2, false, 0));
  }

  @Test
  void runningRefreshHoldsItOff() throws Exception {
    int consumer = database.consumer("t", 1);
    database.run("INSERT INTO t VALUES (1, 'a')");
    database.catchUp(consumer);
    try (Connection refresh = database.users.connect();
        var statement = refresh.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(%d, %d)".formatted(LOCK_CLASS, consumer));
      assertThat(dispose()).isEqualTo(new Disposed(0, false, 8192));
      statement.execute("SELECT pg_advisory_unlock_all()");
    }
    assertThat(dispose()).isEqualTo(new Disposed(1, false, 0));
  }

  @Test
  void anotherServiceAtWorkMakesItBusy() throws Exception {
    try (Connection other = database.users.connect();
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("SELECT FROM freshet.capture_source FOR UPDATE");
      assertThat(dispose()).isEqualTo(new Busy());
      other.rollback();
    }
  }

  @Test
  void suspendedConsumersAndThoseAwaitingFullPinNothing() throws Exception {
    int suspended = database.consumer("t", 1);
    int full = database.consumer("t", 1);
    int populating = database.consumer("t", 1);
    database.run(
        "UPDATE freshet.condition SET status = 'SUSPENDED' WHERE pgt_id = " + suspended,
        "UPDATE freshet.condition SET full_reason = 'repair' WHERE pgt_id = " + full,
        "UPDATE freshet.condition SET is_populated = false WHERE pgt_id = " + populating,
        "INSERT INTO t VALUES (1, 'a')");

    assertThat(dispose()).isEqualTo(new Disposed(1, false, 0));
  }

  @Test
  void laggardIsSetToFullBeforeTheFuseBlowsForEverybody() throws Exception {
    int laggard = database.consumer("t", 1);
    int current = database.consumer("t", 1);
    try (Connection writer = database.users.connect();
        var statement = writer.createStatement()) {
      for (int i = 0; i < 40; i++) {
        statement.execute(
            "INSERT INTO t SELECT i, 'a' FROM generate_series(%d, %d) i"
                .formatted(i * 500, i * 500 + 499));
        database.catchUp(current);
        dispose();
      }
    }
    assertThat(reason(laggard)).isEqualTo("buffer_limit");
    assertThat(reason(current)).isEqualTo("null");
    assertThat(
            database.value(
                "SELECT count(*) FROM %s WHERE note = 'g'".formatted(database.changes("t"))))
        .isEqualTo("0");
  }

  private String reason(int consumer) throws SQLException {
    return database.value("SELECT full_reason FROM freshet.condition WHERE pgt_id = " + consumer);
  }

  @Test
  void gapIsRememberedBeforeItIsEmptied() throws Exception {
    int consumer = database.consumer("t", 1);
    database.run("INSERT INTO t SELECT i, 'a' FROM generate_series(1, 100001) i");
    assertThat(database.counts("t")).endsWith("1 × g");

    dispose();

    assertThat(reason(consumer)).isEqualTo("buffer_limit");
    assertThat(database.counts("t")).isEqualTo("nothing");
    database.run("INSERT INTO t VALUES (0, 'data again')");
    assertThat(database.counts("t")).isEqualTo("1 × +1");
  }

  @Test
  void supersededGenerationGoesOnceNobodyNeedsIt() throws Exception {
    database.run("CREATE TABLE two (id int, a int, b int)");
    database.ensure(EAGER, "two", 1);
    long two = database.relid("two");
    int consumer = database.consumer("two", 1);
    database.run("INSERT INTO two VALUES (1, 1, 1)");
    database.ensure(EAGER, "two", 1, 2);

    disposal.dispose(database.service, two);
    assertThat(generations(two)).isEqualTo("2");
    database.catchUp(consumer);
    disposal.dispose(database.service, two);
    assertThat(generations(two)).isEqualTo("1");
  }

  private String generations(long source) throws SQLException {
    return database.value("SELECT count(*) FROM freshet.capture WHERE source_relid = " + source);
  }

  @Test
  void captureThatNobodyReadsIsRemoved() throws Exception {
    database.run("CREATE TABLE used (id int)", "CREATE TABLE gone (id int)");
    database.ensure(EAGER, "used", 1);
    database.ensure(EAGER, "gone", 1);
    database.consumer("used", 1);
    database.consumer("gone", 1);
    database.run("DROP TABLE gone CASCADE");

    assertThat(new CaptureRemoval(EAGER).removeUnused(database.service)).isEmpty();

    assertThat(
            database.value(
                "SELECT string_agg(source_relid::regclass::text, ',') FROM freshet.capture_source"))
        .isEqualTo("used");
    assertThat(database.value("SELECT count(*) FROM pg_trigger WHERE tgrelid = 't'::regclass"))
        .isEqualTo("0");
    database.run("INSERT INTO t VALUES (1, 'free')");
  }

  /**
   * Writers hammer, three consumers read at different paces as refreshes do (advisory lock, one
   * snapshot, what is new), and disposal runs all the time. At the end each consumer has seen
   * exactly what the table holds.
   */
  @Test
  void nothingIsLostOrSeenTwiceUnderLoad() throws Exception {
    database.run(
        "CREATE TABLE seen (consumer int, id int, v text, weight int)",
        "UPDATE freshet.capture_source SET bytes_max = 1 << 30",
        "SELECT freshet.write_capture_functions('t'::regclass)");
    List<Integer> consumers = List.of(consumer(), consumer(), consumer());
    AtomicBoolean enough = new AtomicBoolean();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> writers = new ArrayList<>();
      for (int w = 0; w < 3; w++) {
        writers.add(threads.submit(writer(w * 1000, enough)));
      }
      int emptied = 0;
      for (int step = 0; emptied < 10 && step < 2000; step++) {
        read(consumers.get(step % 5 == 0 ? 2 : step % 2));
        emptied += dispose() instanceof Disposed done ? done.emptied() : 0;
      }
      enough.set(true);
      for (Future<Integer> writer : writers) {
        assertThat(writer.get()).isPositive();
      }
      assertThat(emptied).isGreaterThanOrEqualTo(10);
    }
    for (int consumer : consumers) {
      assertThat(reason(consumer)).isEqualTo("null");
      read(consumer);
      assertThat(
              database.value(
                  """
                  WITH folded AS (
                      SELECT id, v, sum(weight)::bigint AS n FROM seen WHERE consumer = %d GROUP BY id, v HAVING sum(weight) <> 0
                  ), actual AS (SELECT id, v, count(*) AS n FROM t GROUP BY id, v)
                  SELECT count(*) FROM ((TABLE folded EXCEPT ALL TABLE actual) UNION ALL (TABLE actual EXCEPT ALL TABLE folded)) AS d\
                  """
                      .formatted(consumer)))
          .isEqualTo("0");
    }
    assertThat(dispose()).isInstanceOf(Disposed.class);
    assertThat(dispose()).isEqualTo(new Disposed(0, false, 0));
  }

  private int consumer() throws SQLException {
    return database.consumer("t", 1, 2);
  }

  private Callable<Integer> writer(int first, AtomicBoolean enough) {
    return () -> {
      try (Connection user = database.users.connect();
          var statement = user.createStatement()) {
        user.setAutoCommit(false);
        int i = 0;
        for (; !enough.get(); i++) {
          int id = first + i % 50;
          statement.execute(
              "INSERT INTO t VALUES (%d, 'n') ON CONFLICT (id) DO UPDATE SET v = 'u%d'"
                  .formatted(id, i));
          statement.execute("SAVEPOINT s");
          statement.execute("DELETE FROM t WHERE id = " + (first + i * 7 % 50));
          statement.execute(i % 3 == 0 ? "ROLLBACK TO SAVEPOINT s" : "RELEASE SAVEPOINT s");
          if (i % 10 == 9) {
            user.rollback();
          } else {
            user.commit();
          }
        }
        return i;
      }
    };
  }

  private void read(int consumer) {
    try (Session refresh = database.session()) {
      refresh.query("SELECT pg_advisory_lock(%d, %d)".formatted(LOCK_CLASS, consumer));
      refresh.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
      for (ChangeBuffer buffer : ChangeBuffers.of(refresh, t, CaptureDatabase.set(1, 2))) {
        refresh.query(
            """
            INSERT INTO seen SELECT %1$d, c1, c2, weight FROM %2$s.%3$s, freshet.frontier f
            WHERE f.pgt_id = %1$d AND note IS NULL
              AND xid >= pg_snapshot_xmin(f.as_of) AND NOT pg_visible_in_snapshot(xid, f.as_of)\
            """
                .formatted(consumer, buffer.schema(), buffer.name()));
      }
      refresh.query(
          "UPDATE freshet.frontier SET as_of = pg_current_snapshot() WHERE pgt_id = " + consumer);
      refresh.query("COMMIT");
      refresh.query("SELECT pg_advisory_unlock_all()");
    }
  }
}
