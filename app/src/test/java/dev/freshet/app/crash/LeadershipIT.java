package dev.freshet.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.app.testing.Answer;
import dev.freshet.app.testing.Eventually;
import dev.freshet.app.testing.FreshetProcess;
import dev.freshet.app.testing.Network;
import dev.freshet.app.testing.ServingProcess;
import dev.freshet.catalog.testing.InstalledDatabase;
import java.sql.SQLException;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two services on one database; the first one leads, and reaches it over a network of its own. */
class LeadershipIT {

  private static final Logger LOG = Logger.getLogger(LeadershipIT.class);

  /** From the death of the leader until another one has its lease. */
  private static final Duration SUCCESSION_MAX = Duration.ofSeconds(5);

  private InstalledDatabase database;
  private Network network;
  private ServingProcess first;
  private ServingProcess second;
  private int rows;

  @BeforeEach
  void start() throws Exception {
    database = InstalledDatabase.create();
    network = new Network(database.service().port());
    first =
        ServingProcess.start(
            database
                .service()
                .url()
                .replace(":" + database.service().port(), ":" + network.port()));
    first.process().awaitLog("serving, as instance");
    database
        .user()
        .run(
            "SET search_path = shop",
            "CREATE TABLE t (id int PRIMARY KEY)",
            "SELECT freshet.create_stream_table('s', 'SELECT count(*) AS n FROM t', '100ms')",
            "CALL freshet.wait_for_stream_table('s')");
    second = ServingProcess.start(database.service().url());
    second.process().awaitLog("waiting to take over");
    assertThat(isLeading(first)).isTrue();
    assertThat(isLeading(second)).isFalse();
    insertAndAwait();
  }

  @AfterEach
  void stop() throws Exception {
    first.process().signal("CONT");
    network.resume();
    first.close();
    second.close();
    network.close();
  }

  @Test
  void aLeaderThatIsKilledIsSucceeded() throws Exception {
    long died = System.nanoTime();
    first.process().kill();

    assertSucceeded(died);
    assertThat(value("CALL freshet.verify_stream_table('shop.s')")).isEqualTo("0");
  }

  @Test
  void aLeaderThatStandsStillIsSucceededAndDoesNoHarmWhenItWakesUp() throws Exception {
    long died = System.nanoTime();
    first.process().signal("STOP");

    assertSucceeded(died);
    String workers = successors();
    first.process().signal("CONT");
    first.process().awaitLog("this instance does not lead any more");
    first.process().awaitLog("waiting to take over");
    insertAndAwait();

    assertThat(isLeading(first)).isFalse();
    assertThat(isLeading(second)).isTrue();
    assertThat(successors()).isEqualTo(workers);
    assertThat(value("CALL freshet.verify_stream_table('shop.s')")).isEqualTo("0");
  }

  @Test
  void aLeaderThatIsCutOffIsSucceededAndWaitsWhenItIsBack() throws Exception {
    long died = System.nanoTime();
    network.stop();

    assertSucceeded(died);
    network.resume();
    first.process().awaitLog("this instance does not lead any more");
    first.process().awaitLog("waiting to take over");
    insertAndAwait();

    assertThat(isLeading(second)).isTrue();
    second.process().kill();
    insertAndAwait();
    assertThat(isLeading(first)).isTrue();
    assertThat(value("CALL freshet.verify_stream_table('shop.s')")).isEqualTo("0");
  }

  /** Its COMMIT is on the way when it is stopped, and comes after another has taken over. */
  @Test
  void aRefreshOfALeaderThatStoodStillIsNotCommittedLater() throws Exception {
    network.holdNext(Network.Point.before("COMMIT"));
    insert();
    Network.Held held = network.awaitHeld();
    Heartbeat.awaitOneWithARefresh(database.admin()::value);
    long died = System.nanoTime();
    first.process().signal("STOP");

    assertSucceeded(died);
    held.release();
    first.process().signal("CONT");
    first.process().awaitLog("this instance does not lead any more");
    insertAndAwait();

    assertThat(value("CALL freshet.verify_stream_table('shop.s')")).isEqualTo("0");
    assertThat(errors()).isEqualTo("FR005");
  }

  @Test
  void aLeaderThatIsDrainedHandsOverWithoutAFailure() throws Exception {
    FreshetProcess.Ended drained = FreshetProcess.run("drain", "--url", database.service().url());

    assertThat(drained.error()).isEmpty();
    assertThat(drained.status()).isZero();
    assertThat(drained.out())
        .matches("Instance [0-9a-f]{8} has handed over to instance [0-9a-f]{8}\\.");
    first.process().awaitLog("handed over");
    insertAndAwait();
    assertThat(isLeading(first)).isFalse();
    assertThat(isLeading(second)).isTrue();
    assertThat(
            database
                .admin()
                .value("SELECT count(*) FROM freshet.refresh_history WHERE status <> 'COMPLETED'"))
        .isEqualTo("0");
  }

  @Test
  void whatADrainedLeaderDoesNotEndInTimeIsRolledBackAndDoneByItsSuccessor() throws Exception {
    network.holdNext(Network.Point.before("COMMIT"));
    insert();
    Network.Held held = network.awaitHeld();

    FreshetProcess.Ended drained =
        FreshetProcess.run("drain", "--within", "1", "--url", database.service().url());

    assertThat(drained.status()).isZero();
    held.release();
    insertAndAwait();
    assertThat(isLeading(second)).isTrue();
    assertThat(errors()).isEqualTo("FR005");
    assertThat(value("CALL freshet.verify_stream_table('shop.s')")).isEqualTo("0");
  }

  @Test
  void aLeaderThatIsAskedToEndHandsOverAtOnce() throws Exception {
    assertThat(first.process().terminate().error()).endsWith("stopping");

    insertAndAwait();

    assertThat(isLeading(second)).isTrue();
    // Else it would have waited until the lease is too old, and ended its sessions.
    assertThat(second.process().terminate().error()).doesNotContain("sessions of instance");
  }

  private void assertSucceeded(long died) throws Exception {
    insert();
    Eventually.see(() -> database.admin().value("SELECT epoch FROM freshet.lease"), "2"::equals);
    Duration succeeded = Duration.ofNanos(System.nanoTime() - died);
    awaitFresh();
    LOG.infof(
        "a successor after %s, a refresh by it after %s",
        succeeded, Duration.ofNanos(System.nanoTime() - died));
    assertThat(succeeded).isLessThan(SUCCESSION_MAX);
    assertThat(isLeading(second)).isTrue();
  }

  private void insertAndAwait() throws Exception {
    insert();
    awaitFresh();
  }

  private void awaitFresh() throws Exception {
    Eventually.see(
        () -> value("SELECT n FROM shop.s"), found -> found.equals(Integer.toString(rows)));
  }

  private void insert() throws SQLException {
    rows++;
    database.user().run("INSERT INTO shop.t VALUES (%d)".formatted(rows));
  }

  /** Who has refreshed it since the takeover. */
  private String successors() throws SQLException {
    return database
        .admin()
        .value(
            """
            SELECT string_agg(DISTINCT worker, ' ') FROM
                (SELECT worker FROM freshet.refresh_history ORDER BY refresh_id DESC LIMIT 1) AS last\
            """);
  }

  /** Of what has failed, the codes. */
  private String errors() throws SQLException {
    return database
        .admin()
        .value(
            "SELECT string_agg(error_code, ' ') FROM freshet.refresh_history WHERE status = 'ERROR'");
  }

  private String value(String query) throws SQLException {
    return database.user().value(query);
  }

  private static boolean isLeading(ServingProcess service) throws InterruptedException {
    return Answer.get(service.management("/q/health/live")).body().contains("\"leading\": true");
  }
}
