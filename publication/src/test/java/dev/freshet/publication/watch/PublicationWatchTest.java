package dev.freshet.publication.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.testing.InstalledDatabase;
import dev.freshet.catalog.testing.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PublicationWatchTest {

  private static final String BEATS =
      """
      SELECT count(*) > 0 FROM pg_logical_slot_peek_binary_changes('%1$s', NULL, NULL, 'proto_version', '1',
        'publication_names', 'freshet_shop_s', 'messages', 'true') WHERE strpos(encode(data, 'escape'), 'freshet_heartbeat') > 0\
      """;

  private static final String WRITTEN_OVER =
      "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '%s') > %d";

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<String> alerts = new LinkedBlockingQueue<>();
  private InstalledDatabase database;
  private TestDatabase admin;
  private String slot;
  private PublicationWatch watch;

  @BeforeEach
  void start() throws SQLException {
    database = InstalledDatabase.create();
    admin = database.admin();
    slot = "slot_" + admin.name();
    database
        .user()
        .run(
            "CREATE TABLE shop.t (id int PRIMARY KEY)",
            "SELECT freshet.create_stream_table('shop.s', 'SELECT id FROM shop.t')");
    Database served = new Database(vertx, database.serviceUrl());
    Session listener = served.open("listener");
    listener.connection().notificationHandler(alert -> alerts.add(alert.getPayload()));
    listener.query("LISTEN freshet_alert");
    watch = new PublicationWatch(served, Duration.ofMillis(20), Duration.ofMillis(20));
    watch.start();
  }

  @AfterEach
  void stop() throws SQLException {
    watch.stop();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    admin.run(
        "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE database = current_database()");
  }

  private void publish() throws SQLException {
    admin.run("SELECT freshet.stream_table_to_publication('shop.s')");
  }

  private void makeSlot() throws SQLException {
    admin.run("SELECT pg_create_logical_replication_slot('%s', 'pgoutput')".formatted(slot));
  }

  private void await(String query, String expected) throws SQLException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    String found = admin.value(query);
    while (!found.equals(expected) && System.nanoTime() < deadline) {
      admin.run("SELECT pg_sleep(0.02)");
      found = admin.value(query);
    }
    assertThat(found).isEqualTo(expected);
  }

  private JsonObject alert(String event) throws InterruptedException {
    JsonObject alert;
    do {
      alert =
          new JsonObject(
              Objects.requireNonNull(alerts.poll(30, TimeUnit.SECONDS), "no alert " + event));
    } while (!event.equals(alert.getString("event")));
    return alert;
  }

  @Test
  void whatWasTakenOutIsPutBackAndTold() throws Exception {
    publish();

    admin.run("ALTER PUBLICATION freshet_shop_s DROP TABLE shop.s");

    JsonObject alert = alert("publication_repaired");
    assertThat(alert.getString("stream_table")).isEqualTo("shop.s");
    assertThat(alert.getString("severity")).isEqualTo("warning");
    assertThat(alert.getJsonArray("faults")).containsExactly("removed shop.s");
    await("SELECT tablename FROM pg_publication_tables", "s");
  }

  @Test
  void whatCannotBeMendedIsToldOnce() throws Exception {
    publish();

    admin.run("DROP PUBLICATION freshet_shop_s; CREATE PUBLICATION freshet_shop_s FOR ALL TABLES");

    assertThat(alert("publication_broken").getString("publication")).isEqualTo("freshet_shop_s");
    admin.run("DROP PUBLICATION freshet_shop_s");
    alert("publication_repaired");
    assertThat(alerts).noneMatch(alert -> alert.contains("publication_broken"));
  }

  @Test
  void theHeartBeatsWhileSomethingIsPublished() throws Exception {
    String quiet = admin.value("SELECT pg_current_wal_insert_lsn()");
    admin.run("SELECT pg_sleep(0.5)");
    // 25 beats would write 1500 bytes and more; the server itself writes a record now and then.
    assertThat(admin.value(WRITTEN_OVER.formatted(quiet, 1000))).isEqualTo("f");

    publish();
    makeSlot();

    await(WRITTEN_OVER.formatted(quiet, 10_000), "t");
    admin.run("SELECT pg_switch_wal()");
    await(BEATS.formatted(slot), "t");
  }

  @Test
  void aSlotThatIsLostIsTold() throws Exception {
    publish();
    makeSlot();
    admin.run("ALTER SYSTEM SET max_slot_wal_keep_size = '1MB'", "SELECT pg_reload_conf()");
    try {
      for (int segment = 0; segment < 4; segment++) {
        admin.run(
            "SELECT pg_logical_emit_message(true, 'fill', repeat('x', 1000000))",
            "SELECT pg_switch_wal()");
      }
      admin.run("CHECKPOINT");

      JsonObject alert = alert("subscriber_risk");
      while (!alert.getString("risk").equals("lost")) {
        alert = alert("subscriber_risk");
      }
      assertThat(alert.getString("severity")).isEqualTo("critical");
      assertThat(alert.getString("slot_name")).isEqualTo(slot);
      assertThat(
              admin.value(
                  "SELECT status FROM freshet.health_check() WHERE check_name = 'subscribers'"))
          .isEqualTo("ERROR");
    } finally {
      admin.run("ALTER SYSTEM RESET max_slot_wal_keep_size", "SELECT pg_reload_conf()");
    }
  }

  @Test
  void intervalsThatCannotBeAreRefused() {
    Database served = new Database(vertx, database.serviceUrl());
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new PublicationWatch(served, Duration.ZERO, second))
        .hasMessage("freshet.publication-check-interval is PT0S; it must be positive");
    assertThatThrownBy(() -> new PublicationWatch(served, second, second.negated()))
        .hasMessage(
            "freshet.publication-heartbeat-interval is PT-1S; it must be positive, or 0 for never");
  }

  @Test
  void thePublicationsThatASlotIsReadForAreNoted() throws Exception {
    assertThat(
            admin.value(
                """
                SELECT freshet.publications_read_by('START_REPLICATION SLOT "s" LOGICAL 0/0 (proto_version ''4'', publication_names ''"b","a"'')')\
                """))
        .isEqualTo("{a,b}");
    assertThat(
            admin.value(
                """
                SELECT freshet.publications_read_by('START_REPLICATION SLOT "s" LOGICAL 0/0 ("proto_version" ''1'', "publication_names" ''a'', "messages" ''true'')')\
                """))
        .isEqualTo("{a}");
    assertThat(admin.value("SELECT freshet.publications_read_by('SELECT ''publication_names''')"))
        .isEqualTo("null");
  }
}
