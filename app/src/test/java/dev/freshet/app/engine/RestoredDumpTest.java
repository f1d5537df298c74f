package dev.freshet.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.surface.SchemaInstaller;
import dev.freshet.catalog.testing.InstalledDatabase;
import dev.freshet.catalog.testing.PostgresServer;
import dev.freshet.catalog.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A dump of a populated database of an earlier version is restored, upgraded and served: the way by
 * which a database comes to another cluster, where snapshots and object ids mean nothing.
 *
 * <p>The dump was made of what populate.sql, which lies beside it, leaves in a database of
 * PostgreSQL 15, by {@code pg_dump --inserts}, without psql's own commands.
 */
class RestoredDumpTest {

  private static final String SERVICE = "freshet_v021";
  private static final String OWNER = "freshet_v021_owner";
  private static final List<String> STREAM_TABLES =
      List.of(
          "filtered",
          "totals",
          "of_totals",
          "nested",
          "without_orders",
          "latest",
          "bag",
          "\"Odd \"\"Table\"",
          "whole",
          "today");

  private RunningEngine engine;
  private String before;

  @BeforeEach
  void restore() throws Exception {
    TestDatabase admin = PostgresServer.createDatabase();
    for (String role : List.of(SERVICE, OWNER)) {
      admin.run(
          "DO $$ BEGIN CREATE ROLE %s LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
              .formatted(role));
    }
    admin.run(
        "GRANT %s TO %s".formatted(OWNER, SERVICE),
        "GRANT CREATE ON DATABASE %s TO %s".formatted(admin.name(), SERVICE));
    // As psql sends it, and not cut into statements by the driver.
    try (var session = DriverManager.getConnection(admin.jdbcUrl() + "&preferQueryMode=simple");
        var statement = session.createStatement()) {
      statement.execute(dump());
    }
    before = admin.value("SELECT max(event_id) FROM freshet.event");
    // Whether we ever come there or not, users write.
    admin
        .as(OWNER)
        .run(
            "INSERT INTO shop.customers VALUES (2000, 'early', 'region 2', 'low')",
            "UPDATE shop.orders SET amount = 1 WHERE id < 20",
            "DELETE FROM shop.notes WHERE stars = 0");
    InstalledDatabase database = new InstalledDatabase(admin, admin.as(SERVICE), admin.as(OWNER));
    assertThat(new SchemaInstaller(database.serviceUrl()).install().adopted()).isTrue();
    engine = new RunningEngine(database);
  }

  private static String dump() throws IOException {
    try (InputStream packed = RestoredDumpTest.class.getResourceAsStream("v0.21.0/dump.sql.gz");
        InputStream dump = new GZIPInputStream(Objects.requireNonNull(packed))) {
      return new String(dump.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void streamTablesAreServedOn() throws SQLException {
    requireExact();

    engine.run(
        "INSERT INTO orders SELECT g, g % 45, g, 1, '{}', DATE '2026-02-01' FROM generate_series(1000, 1100) g",
        "UPDATE orders SET customer_id = 7 WHERE id % 10 = 0",
        "DELETE FROM customers WHERE id % 5 = 0",
        "INSERT INTO more_notes VALUES ('note 1', 1, 'Bob')",
        "UPDATE \"Odd \"\"Names\" SET \"ä.ö\" = 'new'");

    requireExact();
    assertThat(
            engine.seen(
                """
                SELECT string_agg(DISTINCT h.action, ' ' ORDER BY h.action)
                FROM freshet.pgt_refresh_history h JOIN freshet.pgt_stream_tables s USING (pgt_id)
                WHERE s.pgt_name IN ('totals', 'nested', 'bag', 'without_orders')
                  AND h.start_time > (SELECT at FROM freshet.event WHERE event_id = %s)\
                """
                    .formatted(before)))
        .isEqualTo("DIFFERENTIAL REINITIALIZE");
    assertThat(
            engine.seen(
                "SELECT pgt_name, status FROM freshet.pgt_stream_tables WHERE status <> 'ACTIVE' ORDER BY 1"))
        .isEqualTo("broken | SUSPENDED\nstopped | SUSPENDED");
    engine.run("SELECT freshet.resume_stream_table('stopped')");
    engine.awaitSeen(
        "SELECT status FROM freshet.pgt_stream_tables WHERE pgt_name = 'stopped'", "ACTIVE");
    assertThat(engine.verify("stopped")).isEqualTo("0 | 0");
  }

  /** The triggers of the dump would go on writing into buffers that nobody reads. */
  @Test
  void captureOfTheOldClusterGoes() throws SQLException {
    requireExact();

    engine.awaitSeen(
        """
        SELECT count(*) FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
        WHERE p.pronamespace = 'freshet_buffer'::regnamespace
          AND p.proname !~ ('^capture_(' || (SELECT string_agg(source_relid::text, '|') FROM freshet.capture_source
                                             JOIN pg_class ON oid = source_relid) || ')(_|$)')\
        """,
        "0");
    engine.awaitSeen(
        "SELECT count(*) FROM freshet.capture_source WHERE source_relid NOT IN (SELECT oid FROM pg_class)",
        "0");
  }

  private void requireExact() throws SQLException {
    for (String name : STREAM_TABLES) {
      assertThat(engine.verify(name)).as(name).isEqualTo("0 | 0");
    }
  }
}
