package dev.freshet.catalog.surface;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The procedures that wait for the service. */
@Timeout(60)
class WaitingTest {

  private final ShopDatabase database = ShopDatabase.create();
  private final Caller shop = database.shop();
  private final Caller superuser = database.superuser();

  @BeforeEach
  void aStreamTable() throws SQLException {
    shop.run("SELECT freshet.create_stream_table('totals', 'SELECT id FROM orders')");
  }

  /** Runs a statement in a session of its own; the result as text, or the refusal. */
  private CompletableFuture<String> calling(String... statements) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (Connection session = shop.connect()) {
            for (int i = 0; i < statements.length - 1; i++) {
              session.createStatement().execute(statements[i]);
            }
            var statement = session.createStatement();
            return statement.execute(statements[statements.length - 1])
                ? Caller.text(statement.getResultSet())
                : "returned";
          } catch (org.postgresql.util.PSQLException error) {
            return Refusal.of(error).said();
          } catch (SQLException error) {
            throw new IllegalStateException(error);
          }
        },
        task -> Thread.ofPlatform().daemon().start(task));
  }

  private static void until(Service service, String condition) throws SQLException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!service.rows("SELECT " + condition).equals("t")) {
      assertThat(System.nanoTime()).as("still not: " + condition).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private static String outcome(CompletableFuture<String> call) throws Exception {
    return call.get(30, TimeUnit.SECONDS);
  }

  @Test
  void waitsUntilItIsPopulated() throws Exception {
    try (Service service = Service.serving(database.service())) {
      var waiting = calling("CALL freshet.wait_for_stream_table('totals')");
      var inABlock = calling("BEGIN", "CALL freshet.wait_for_stream_table('totals')");
      until(
          service,
          "count(*) = 2 FROM pg_stat_activity WHERE query LIKE 'CALL freshet.wait%' AND datname = current_database()");
      assertThat(waiting).isNotDone();

      service.refresh("totals");

      assertThat(outcome(waiting)).isEqualTo("returned");
      assertThat(outcome(inABlock)).isEqualTo("returned");
    }
  }

  @Test
  void aPollIsATransactionOfItsOwn() throws Exception {
    try (Service service = Service.serving(database.service())) {
      var waiting = calling("CALL freshet.wait_for_stream_table('totals')");

      until(
          service,
          "count(*) = 1 FROM pg_stat_activity WHERE query LIKE 'CALL freshet.wait%' AND wait_event = 'PgSleep' AND xact_start > query_start");

      service.refresh("totals");
      assertThat(outcome(waiting)).isEqualTo("returned");
    }
  }

  @Test
  void aRefreshCoversEveryCommitBeforeTheCall() throws Exception {
    try (Service service = Service.serving(database.service());
        Connection open = shop.connect()) {
      service.refresh("totals");
      open.setAutoCommit(false);
      open.createStatement().execute("INSERT INTO orders VALUES (1)");
      shop.run("INSERT INTO orders VALUES (2)");

      var refreshing = calling("CALL freshet.refresh_stream_table('totals')");
      until(service, "count(*) = 1 FROM freshet.event WHERE type = 'RefreshWanted'");
      service.refresh("totals");

      assertThat(outcome(refreshing)).isEqualTo("returned");
      assertThat(shop.rows("SELECT id FROM totals")).isEqualTo("2");
      open.rollback();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10:20:,     10:20:,      true",
    "10:21:10,   10:20:,      false",
    "10:20:,     10:21:,      false",
    "10:25:12,   10:20:,      false",
    "10:25:12,   12:20:12,    true",
    "10:25:12,   10:20:11,    false",
  })
  void whatASnapshotCovers(String reached, String wanted, String covers) throws SQLException {
    assertThat(superuser.rows("SELECT freshet.covers('%s', '%s')::text".formatted(reached, wanted)))
        .isEqualTo(covers);
  }

  @Test
  void ownWritesAreReadBack() throws Exception {
    try (Service service = Service.serving(database.service());
        Connection writer = shop.connect()) {
      service.refresh("totals");
      writer.setAutoCommit(false);
      writer.createStatement().execute("INSERT INTO orders VALUES (1)");
      String xid;
      try (var result = writer.createStatement().executeQuery("SELECT pg_current_xact_id()")) {
        result.next();
        xid = result.getString(1);
      }
      var waiting = calling("CALL freshet.wait_for_xid('totals', '%s')".formatted(xid));
      var inABlock = calling("BEGIN", "CALL freshet.wait_for_xid('totals', '%s')".formatted(xid));
      service.refresh("totals");
      assertThat(waiting).isNotDone();

      writer.commit();
      service.refresh("totals");

      assertThat(outcome(waiting)).isEqualTo("returned");
      assertThat(outcome(inABlock)).isEqualTo("returned");
    }
  }

  @Test
  void rowsOfAnOlderDefinitionDoNotCount() throws Exception {
    try (Service service = Service.serving(database.service())) {
      service.refresh("totals");
      shop.run(
          "SELECT freshet.alter_stream_table('totals', query => 'SELECT id::text AS id FROM orders')");

      assertThat(outcome(calling("CALL freshet.wait_for_xid('totals', '3', '50ms')")))
          .isEqualTo("FR010: stream table totals did not get there within 00:00:00.05");
      service.refresh("totals");
      assertThat(outcome(calling("CALL freshet.wait_for_xid('totals', '3', '50ms')")))
          .isEqualTo("returned");
    }
  }

  @Test
  void transactionsThatNeverShowUpAreRefused() throws Exception {
    String rolledBack;
    try (Connection session = shop.connect()) {
      session.setAutoCommit(false);
      try (var result = session.createStatement().executeQuery("SELECT pg_current_xact_id()")) {
        result.next();
        rolledBack = result.getString(1);
      }
      session.rollback();
    }

    assertThat(outcome(calling("CALL freshet.wait_for_xid('totals', '%s')".formatted(rolledBack))))
        .isEqualTo("55000: transaction %s was rolled back".formatted(rolledBack));
    assertThat(outcome(calling("CALL freshet.wait_for_xid('totals', '999999999')")))
        .isEqualTo("22023: there was no transaction 999999999 yet");
    assertThat(
            outcome(
                calling(
                    "BEGIN",
                    "DO $$ BEGIN CALL freshet.wait_for_xid('totals', pg_current_xact_id()); END $$")))
        .matches("55000: transaction \\d+ is this one: nobody sees it before its COMMIT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "refresh_stream_table('totals')",
        "verify_stream_table('totals')",
        "analyze_query('SELECT 1')"
      })
  void inATransactionBlockTheAlternativeIsNamed(String call) throws Exception {
    String refused =
        "25001: freshet.%s() waits for the service, which sees nothing of a transaction before its end:"
                .formatted(call.substring(0, call.indexOf('(')))
            + " it cannot run in a transaction block or a function";

    assertThat(outcome(calling("BEGIN", "CALL freshet." + call))).isEqualTo(refused);
    assertThat(outcome(calling("BEGIN; CALL freshet." + call))).isEqualTo(refused);
    shop.run(
        "CREATE FUNCTION inside() RETURNS void LANGUAGE plpgsql AS $f$ BEGIN CALL freshet.%s; END $f$"
            .formatted(
                call.replace(
                    "verify_stream_table('totals')", "verify_stream_table('totals', NULL, NULL)")));
    assertThat(shop.refused("SELECT inside()").state()).isIn("25001", "42601");
  }

  @Test
  void belowAProcedureThatCommitsItWorks() throws Exception {
    shop.run(
        "CREATE PROCEDURE load() LANGUAGE plpgsql AS $$ BEGIN INSERT INTO orders VALUES (1); COMMIT; CALL freshet.refresh_stream_table('totals'); END $$");
    try (Service service = Service.serving(database.service())) {
      var loading = calling("CALL load()");
      until(service, "count(*) = 1 FROM freshet.event WHERE type = 'RefreshWanted'");
      service.refresh("totals");

      assertThat(outcome(loading)).isEqualTo("returned");
      assertThat(shop.rows("SELECT id FROM totals")).isEqualTo("1");
    }
  }

  @Test
  void aSnapshotThatNeverChangesIsNoPlaceToWait() throws Exception {
    assertThat(
            outcome(
                calling(
                    "BEGIN ISOLATION LEVEL REPEATABLE READ",
                    "CALL freshet.wait_for_stream_table('totals')")))
        .isEqualTo("25001: in a REPEATABLE READ transaction nothing new is ever seen");
  }

  @Test
  void withoutAServiceItIsSaidSoon() throws Exception {
    String refused = "55000: no Freshet service is running for database " + database.admin().name();

    var calls =
        java.util.stream.Stream.of(
                "wait_for_stream_table('totals')",
                "refresh_stream_table('totals')",
                "verify_stream_table('totals')",
                "analyze_query('SELECT 1 AS a')")
            .map(call -> calling("CALL freshet." + call))
            .toList();

    for (var call : calls) {
      assertThat(outcome(call)).isEqualTo(refused);
    }
  }

  @Test
  void patienceEnds() throws Exception {
    try (Service service = Service.serving(database.service())) {
      assertThat(service.rows("SELECT freshet.service_is_running()")).isEqualTo("t");
      assertThat(
              outcome(calling("CALL freshet.wait_for_stream_table('totals', timeout => '50ms')")))
          .isEqualTo("FR010: stream table totals did not get there within 00:00:00.05");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wait_for_stream_table('totals', '-1 s')",
        "wait_for_xid('totals', '3', '-1 s')",
        "refresh_stream_table('totals', '-1 s')"
      })
  void nobodyWaitsLessThanNotAtAll(String call) throws Exception {
    try (Service service = Service.serving(database.service())) {
      service.refresh("totals");

      assertThat(outcome(calling("CALL freshet." + call)))
          .isEqualTo("22023: invalid timeout \"-00:00:01\": it is negative");
      assertThat(service.rows("SELECT count(*) FROM freshet.event WHERE type = 'RefreshWanted'"))
          .isEqualTo("0");
      assertThat(outcome(calling("CALL freshet.wait_for_stream_table('totals', '0')")))
          .isEqualTo("returned");
    }
  }

  @Test
  void anErrorThereIsRaisedHere() throws Exception {
    try (Service service = Service.serving(database.service())) {
      var refreshing = calling("CALL freshet.refresh_stream_table('totals')");
      until(service, "count(*) = 1 FROM freshet.event WHERE type = 'RefreshWanted'");
      service.fail("totals", "22012", "division by zero");
      assertThat(outcome(refreshing)).isEqualTo("22012: division by zero");

      var retried = calling("CALL freshet.refresh_stream_table('totals')");
      until(service, "count(*) = 2 FROM freshet.event WHERE type = 'RefreshWanted'");
      assertThat(retried).isNotDone();
      service.refresh("totals");
      assertThat(outcome(retried)).isEqualTo("returned");
    }
  }

  @Test
  void whatHasNoDeltaIsRaisedAtOnce() throws Exception {
    try (Service service = Service.serving(database.service())) {
      service.fail("totals", "0A000", "DIFFERENTIAL is not possible: FULL JOIN at position 12");

      assertThat(outcome(calling("CALL freshet.wait_for_stream_table('totals')")))
          .isEqualTo("0A000: DIFFERENTIAL is not possible: FULL JOIN at position 12");
    }
  }

  @Test
  void aSuspendedOneDoesNotRefreshAndNeitherDoesWhatReadsIt() throws Exception {
    shop.run("SELECT freshet.create_stream_table('above', 'SELECT id FROM totals')");
    try (Service service = Service.serving(database.service())) {
      service.run(
          "SELECT freshet.append('refresh:%d', 'DefinitionCompiled', jsonb_build_object('effective_mode', 'FULL', 'dependencies',"
                  .formatted(service.id("above"))
              + " jsonb_build_array(jsonb_build_object('source_relid', 'shop.totals'::regclass::oid, 'source_type', 'STREAM_TABLE',"
              + " 'columns_used', '[1]'::jsonb, 'cdc_mode', 'trigger'))))");
      shop.run("SELECT freshet.suspend_stream_table('totals')");

      assertThat(outcome(calling("CALL freshet.refresh_stream_table('totals')")))
          .isEqualTo("55000: stream table shop.totals is suspended: suspended by a command");
      assertThat(outcome(calling("CALL freshet.refresh_stream_table('above')")))
          .isEqualTo(
              "55000: the upstream stream table shop.totals is suspended: suspended by a command");
    }
  }

  @Test
  void droppedWhileWaitedFor() throws Exception {
    try (Service service = Service.serving(database.service())) {
      var waiting = calling("CALL freshet.wait_for_stream_table('totals')");
      until(
          service,
          "count(*) = 1 FROM pg_stat_activity WHERE query LIKE 'CALL freshet.wait%' AND wait_event = 'PgSleep'");
      shop.run("SELECT freshet.drop_stream_table('totals')");

      assertThat(outcome(waiting)).isEqualTo("42P01: the stream table was dropped meanwhile");
    }
  }

  @Test
  void verifyAndAnalyzeReturnTheServicesAnswer() throws Exception {
    try (Service service = Service.serving(database.service())) {
      var verifying = calling("CALL freshet.verify_stream_table('totals')");
      until(
          service,
          "count(*) = 1 FROM freshet.service_request WHERE kind = 'verify' AND pgt_id = 1 AND body ? 'snapshot'");
      service.rows(
          "SELECT freshet.answer_request(request_id, '{\"missing\": 2, \"unexpected\": 1}') FROM freshet.service_request");
      assertThat(outcome(verifying)).isEqualTo("2 | 1");

      var analyzing = calling("CALL freshet.analyze_query('SELECT id FROM orders')");
      until(
          service,
          "count(*) = 1 FROM freshet.service_request WHERE kind = 'analyze' AND body ->> 'query' ~ 'shop.orders'");
      service.rows(
          "SELECT freshet.answer_request(request_id, '{\"mode\": \"DIFFERENTIAL\"}') FROM freshet.service_request");
      assertThat(outcome(analyzing)).isEqualTo("{\"mode\": \"DIFFERENTIAL\"}");

      var refused = calling("CALL freshet.verify_stream_table('totals')");
      until(service, "count(*) = 1 FROM freshet.service_request");
      service.rows(
          "SELECT freshet.refuse_request(request_id, '55000', 'not now', 'later') FROM freshet.service_request");
      assertThat(outcome(refused)).isEqualTo("55000: not now");
      assertThat(
              service.rows("SELECT count(*) FROM pg_views WHERE viewname LIKE 'freshet\\_query%'"))
          .isEqualTo("0");
    }
  }
}
