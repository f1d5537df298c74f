package dev.freshet.catalog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.catalog.testing.InstalledDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogTest {

  private static final String EMPTY =
      """
      TRUNCATE freshet.event, freshet.definition, freshet.condition, freshet.dependency,
               freshet.frontier RESTART IDENTITY
      """;
  private static final String CREATED =
      """
      SELECT freshet.append('stream_table:1', 'StreamTableCreated', '{"pgt_id": 1, "relid": 1,
        "pgt_schema": "s", "pgt_name": "t", "defining_query": "q", "original_query": "q",
        "schedule": "1s", "refresh_mode": "AUTO", "owner": "o"}')
      """;
  private static final String SUSPENDED =
      "SELECT freshet.append('stream_table:1', 'StreamTableSuspended', '{\"reason\": \"r\"}')";
  private static final String COMPLETED =
      """
      SELECT freshet.append('refresh:1', 'RefreshCompleted', '{"action": "FULL",
        "refresh_reason": "initial", "start_time": "2026-03-01T10:00:00Z", "initiated_by": "INITIAL",
        "rows_inserted": 1, "rows_updated": 0, "rows_deleted": 0,
        "data_timestamp": "2026-03-01T10:00:00Z"}')
      """;
  private static final String WANTED =
      "SELECT freshet.append('stream_table:1', 'RefreshWanted', '{\"snapshot\": \"1:1:\"}')";
  private static final String STATUS = "SELECT status FROM freshet.condition";
  private static final String EPOCH = "SELECT epoch FROM freshet.frontier";

  private static InstalledDatabase database;

  @BeforeAll
  static void install() throws SQLException {
    database = InstalledDatabase.create();
  }

  @BeforeEach
  void createStreamTable() throws SQLException {
    database.service().run(EMPTY, CREATED);
  }

  @Test
  void rolledBackCommandLeavesNothing() throws SQLException {
    try (Connection connection = database.service().connect();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(SUSPENDED);
      connection.rollback();
    }

    assertThat(database.service().value(STATUS)).isEqualTo("INITIALIZING");
    assertThat(database.service().value(EPOCH)).isEqualTo("1");
    assertThat(database.service().value("SELECT count(*) FROM freshet.event")).isEqualTo("1");
  }

  @Test
  void commandRaisesTheEpochAndARequestDoesNot() throws SQLException {
    database.service().run(WANTED);
    assertThat(database.service().value(EPOCH)).isEqualTo("1");

    database.service().run(SUSPENDED);
    assertThat(database.service().value(EPOCH)).isEqualTo("2");
  }

  @Test
  void authorIsWhoLoggedIn() throws SQLException {
    assertThat(database.service().value("SELECT author FROM freshet.event"))
        .isEqualTo(database.service().user());
  }

  @Test
  void ordinaryUserMayNeitherAppendNorReadTheLog() {
    assertState("42501", () -> database.user().run(SUSPENDED));
    assertState("42501", () -> database.user().run("SELECT * FROM freshet.event"));
  }

  @Test
  void appendAtAnotherRevisionIsRefused() throws SQLException {
    assertState(
        "FR001",
        () ->
            database
                .service()
                .run("SELECT freshet.append('stream_table:1', 'RepairWanted', '{}', 0)"));
    database.service().run("SELECT freshet.append('stream_table:1', 'RepairWanted', '{}', 1)");
  }

  @Test
  void unknownTypeIsRefused() {
    assertState(
        "FR002",
        () -> database.service().run("SELECT freshet.append('stream_table:1', 'Painted', '{}')"));
  }

  @Test
  void nothingIsAppendedAboutAStreamTableThatIsGone() throws SQLException {
    database.service().run("SELECT freshet.append('stream_table:1', 'StreamTableDropped', '{}')");

    assertState("FR003", () -> database.service().run(COMPLETED));
    assertThat(database.service().value("SELECT count(*) FROM freshet.frontier")).isEqualTo("0");
  }

  /**
   * The refresh has taken its place in the log and not committed yet; a suspend comes. It waits,
   * and its id is the higher one: replayed by id, the stream table ends suspended, as it did.
   */
  @Test
  void orderOfIdsIsTheOrderOfTheProjections() throws SQLException {
    CompletableFuture<Void> suspended;
    try (Connection refresh = database.service().connect();
        var statement = refresh.createStatement()) {
      refresh.setAutoCommit(false);
      statement.execute(COMPLETED);
      suspended = CompletableFuture.runAsync(() -> runUnchecked(SUSPENDED));
      awaitSomebodyWaits();
      refresh.commit();
    }
    suspended.join();

    assertThat(database.service().value(STATUS)).isEqualTo("SUSPENDED");
    database.service().run("SELECT freshet.rebuild_projections()");
    assertThat(database.service().value(STATUS)).isEqualTo("SUSPENDED");
  }

  @Test
  void requestsDoNotWaitForOneAnotherNorForARefresh() throws SQLException {
    try (Connection first = database.service().connect();
        var statement = first.createStatement();
        Connection refresh = database.service().connect();
        var applying = refresh.createStatement()) {
      first.setAutoCommit(false);
      refresh.setAutoCommit(false);
      refresh.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      applying.execute("SELECT 1");
      statement.execute(WANTED);

      database.service().run("SET statement_timeout = '10s'", WANTED);
      applying.execute("SET statement_timeout = '10s'");
      applying.execute(COMPLETED);

      refresh.commit();
      first.commit();
    }
    assertThat(database.service().value(STATUS)).isEqualTo("ACTIVE");
  }

  @Test
  void refreshThatDidNotSeeACommandFails() throws SQLException {
    try (Connection refresh = database.service().connect();
        var statement = refresh.createStatement()) {
      refresh.setAutoCommit(false);
      refresh.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      statement.execute("SELECT 1");
      database.service().run(SUSPENDED);

      assertState("40001", () -> statement.execute(COMPLETED));
    }
  }

  private static void awaitSomebodyWaits() throws SQLException {
    String waiting =
        "SELECT count(*) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while (database.admin().value(waiting).equals("0")) {
      Thread.onSpinWait();
    }
  }

  private static void runUnchecked(String sql) {
    try {
      database.service().run(sql);
    } catch (SQLException failed) {
      throw new CompletionException(failed);
    }
  }

  private static void assertState(String sqlState, ThrowingCallable statement) {
    assertThatThrownBy(statement)
        .isInstanceOfSatisfying(
            SQLException.class, refusal -> assertThat(refusal.getSQLState()).isEqualTo(sqlState));
  }
}
