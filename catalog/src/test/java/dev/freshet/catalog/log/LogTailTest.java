package dev.freshet.catalog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.event.surface.RefreshWanted;
import dev.freshet.catalog.testing.InstalledDatabase;
import dev.freshet.catalog.testing.PostgresServer;
import dev.freshet.catalog.testing.TestDatabase;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogTailTest {

  private static final Duration SELDOM = Duration.ofHours(1);
  private static final Vertx VERTX = Vertx.vertx();
  private static InstalledDatabase database;

  private final BlockingQueue<LoggedEvent> delivered = new LinkedBlockingQueue<>();
  private final List<LogTail> tails = new ArrayList<>();

  @BeforeAll
  static void install() throws SQLException {
    database = InstalledDatabase.create();
  }

  @AfterAll
  static void closeVertx() {
    VERTX.close().toCompletionStage().toCompletableFuture().join();
  }

  @BeforeEach
  void empty() throws SQLException {
    database.service().run("DELETE FROM freshet.event");
  }

  @AfterEach
  void close() {
    tails.forEach(LogTail::close);
  }

  @Test
  void eventOfATransactionThatCommitsLateIsNotSkipped() throws SQLException, InterruptedException {
    follow(SELDOM);
    try (Connection late = database.service().connect()) {
      late.setAutoCommit(false);
      request(late, 1);
      request(2);
      assertThat(next()).isEqualTo(2);
      request(3);
      assertThat(next()).isEqualTo(3);

      late.commit();

      assertThat(next()).isEqualTo(1);
    }
  }

  @Test
  void forgottenTransactionOfAnotherDatabaseStopsNothing()
      throws SQLException, InterruptedException {
    TestDatabase other = PostgresServer.createDatabase();
    try (Connection forgotten = other.connect();
        var statement = forgotten.createStatement()) {
      forgotten.setAutoCommit(false);
      statement.execute("CREATE TABLE t (a int)");
      follow(LogTail.DEFAULT_INTERVAL);

      request(1);

      assertThat(delivered.poll(1, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  void eventWithoutNotificationIsSeenAtTheInterval() throws SQLException, InterruptedException {
    follow(Duration.ofMillis(50));

    database
        .service()
        .run(
            "INSERT INTO freshet.event (stream, revision, type, payload, author)"
                + " VALUES ('refresh:7', 1, 'AppendOnlyEnded', '{}', 'x')");

    assertThat(next()).isEqualTo(7);
  }

  @Test
  void nothingIsMissedWhileTheConnectionIsLost() throws SQLException, InterruptedException {
    follow(Duration.ofMillis(50));
    request(1);
    assertThat(next()).isEqualTo(1);

    database
        .admin()
        .run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE application_name = 'freshet tail' AND datname = current_database()");
    request(2);

    assertThat(next()).isEqualTo(2);
  }

  @Test
  void checkpointContinuesWhereTheConsumerWas() throws SQLException, InterruptedException {
    LogTail first = follow(SELDOM);
    request(1);
    assertThat(next()).isEqualTo(1);
    first.close();
    LogCursor checkpoint = first.cursor();
    request(2);

    remember(LogTail.from(checkpoint, served(), delivered::addAll, SELDOM));

    assertThat(next()).isEqualTo(2);
    assertThat(delivered).isEmpty();
  }

  @Test
  void longLogIsDeliveredInOrder() throws SQLException, InterruptedException {
    database
        .service()
        .run(
            "SELECT freshet.append('stream_table:' || n, 'RefreshWanted', '{\"snapshot\": \"1:1:\"}')"
                + " FROM generate_series(1, 2500) n");

    remember(LogTail.from(LogCursor.BEGINNING, served(), delivered::addAll, SELDOM));

    List<Long> order = new ArrayList<>();
    for (int i = 0; i < 2500; i++) {
      order.add(next());
    }
    assertThat(order).containsExactlyElementsOf(LongStream.rangeClosed(1, 2500).boxed().toList());
    assertThat(delivered).isEmpty();
  }

  @Test
  void consumerThatFailsIsGivenTheSameEventsAgain() throws SQLException, InterruptedException {
    AtomicBoolean failed = new AtomicBoolean();
    Consumer<List<LoggedEvent>> failsOnce =
        events -> {
          if (failed.compareAndSet(false, true)) {
            throw new IllegalStateException("not ready");
          }
          delivered.addAll(events);
        };
    remember(LogTail.fromNow(served(), failsOnce, SELDOM));

    request(1);

    assertThat(next()).isEqualTo(1);
    assertThat(failed).isTrue();
  }

  private LogTail follow(Duration interval) {
    return remember(LogTail.fromNow(served(), delivered::addAll, interval));
  }

  private LogTail remember(LogTail tail) {
    tails.add(tail);
    return tail;
  }

  private static Database served() {
    return new Database(VERTX, database.serviceUrl());
  }

  private long next() throws InterruptedException {
    LoggedEvent event = delivered.poll(30, TimeUnit.SECONDS);
    assertThat(event).as("an event in time").isNotNull();
    assertThat(event.event()).isNotNull();
    return event.pgtId();
  }

  private static void request(long pgtId) throws SQLException {
    try (Connection connection = database.service().connect()) {
      request(connection, pgtId);
    }
  }

  private static void request(Connection connection, long pgtId) throws SQLException {
    try (var append = connection.prepareStatement("SELECT freshet.append(?, ?, ?::jsonb)")) {
      append.setString(1, EventStream.ofCommands(pgtId).name());
      append.setString(2, EventCodec.typeOf(new RefreshWanted("1:1:")));
      append.setString(3, EventCodec.write(new RefreshWanted("1:1:")));
      append.execute();
    }
  }
}
