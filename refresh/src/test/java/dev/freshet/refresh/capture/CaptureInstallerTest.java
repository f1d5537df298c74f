package dev.freshet.refresh.capture;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.database.DatabaseUrl;
import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.testing.PostgresServer;
import dev.freshet.catalog.testing.TestDatabase;
import dev.freshet.refresh.capture.CaptureOutcome.AlreadyThere;
import dev.freshet.refresh.capture.CaptureOutcome.Busy;
import dev.freshet.refresh.capture.CaptureOutcome.Installed;
import dev.freshet.refresh.capture.CaptureOutcome.NotPossible;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CaptureInstallerTest {

  private static final CaptureSettings IMPATIENT =
      new CaptureSettings(
          1 << 20,
          1000,
          8192,
          8192,
          Duration.ofMillis(20),
          Duration.ofMillis(20),
          Duration.ofMinutes(1));

  private CaptureDatabase database;

  @BeforeEach
  void createTable() throws SQLException {
    database = new CaptureDatabase();
    database.run("CREATE TABLE t (id int PRIMARY KEY, v text, w int)");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void askingAgainChangesNothing() throws Exception {
    assertThat(database.ensure("t", 1, 2)).isEqualTo(new Installed(1));
    String before = database.value("SELECT freshet.source_shape('t'::regclass, '{1,2}')");

    assertThat(database.ensure("t", 1, 2)).isEqualTo(new AlreadyThere(1));
    assertThat(database.ensure("t", 2)).isEqualTo(new AlreadyThere(1));
    assertThat(database.value("SELECT freshet.source_shape('t'::regclass, '{1,2}')"))
        .isEqualTo(before);
  }

  @Test
  void moreColumnsAreANewGenerationThatOthersDoNotNotice() throws Exception {
    database.ensure("t", 1);
    database.consumer("t", 1);
    String before = database.value("SELECT freshet.source_shape('t'::regclass, '{1}')");
    database.run("INSERT INTO t VALUES (1, 'a', 1)");

    assertThat(database.ensure("t", 3)).isEqualTo(new Installed(2));
    database.run("INSERT INTO t VALUES (2, 'b', 2)");

    assertThat(database.value("SELECT freshet.source_shape('t'::regclass, '{1}')"))
        .isEqualTo(before);
    assertThat(generations(1)).isEqualTo(List.of(1, 2));
    assertThat(generations(1, 3)).isEqualTo(List.of(2));
    assertThat(database.counts("t")).isEqualTo("1 × +1");
  }

  private List<Integer> generations(Integer... attnums) throws SQLException {
    return ChangeBuffers.of(database.service, database.relid("t"), CaptureDatabase.set(attnums))
        .stream()
        .map(ChangeBuffer::generation)
        .toList();
  }

  @Test
  void writerInATransactionMakesItBusyAndNothingIsLeft() throws Exception {
    try (Connection user = database.users.connect();
        var statement = user.createStatement()) {
      user.setAutoCommit(false);
      statement.execute("INSERT INTO t VALUES (1, 'a', 1)");

      assertThat(database.ensure(IMPATIENT, "t", 1)).isEqualTo(new Busy());
      assertThat(
              database.value(
                  "SELECT count(*) FROM pg_class WHERE relnamespace = 'freshet_buffer'::regnamespace"))
          .isEqualTo("0");
      user.commit();
    }
    assertThat(database.ensure(IMPATIENT, "t", 1)).isEqualTo(new Installed(1));
  }

  @Test
  void triggersDisabledBehindOurBackAreNoticedAndRepaired() throws Exception {
    long t = database.relid("t");
    database.ensure("t", 1);
    SourceShape before = shape(t);

    database.run("ALTER TABLE t DISABLE TRIGGER ALL", "ALTER TABLE t ENABLE TRIGGER ALL");
    assertThat(before.changeTo(shape(t))).isEqualTo(ShapeChange.CAPTURE_CHANGED);
    assertThat(shape(t).broken()).isTrue();

    assertThat(database.ensure("t", 1)).isEqualTo(new Installed(1));
    assertThat(shape(t).broken()).isFalse();
    assertThat(before.changeTo(shape(t))).isEqualTo(ShapeChange.CAPTURE_CHANGED);
    database.run("INSERT INTO t VALUES (1, 'once', 1)");
    assertThat(database.counts("t")).isEqualTo("1 × +1");
  }

  private SourceShape shape(long source) {
    return requireNonNull(
        SourceShapes.of(database.service, Map.of(source, List.of(1))).get(source));
  }

  @Test
  void whatCannotBeCapturedSaysWhy() throws Exception {
    database.run(
        "CREATE VIEW v AS SELECT * FROM t",
        "CREATE MATERIALIZED VIEW m AS SELECT * FROM t",
        "CREATE UNLOGGED TABLE u (id int)");

    assertThat(code(database.ensure("v", 1))).isEqualTo("view");
    assertThat(code(database.ensure("m", 1))).isEqualTo("materialized_view");
    assertThat(code(database.ensure("pg_class", 1))).isEqualTo("system_catalog");
    assertThat(code(database.ensure("t", 9))).isEqualTo("no_such_column");
    assertThat(database.ensure("u", 1)).isEqualTo(new Installed(1));
    assertThat(
            code(
                new CaptureInstaller(IMPATIENT)
                    .ensure(database.service, 1L, CaptureDatabase.set(1))))
        .isEqualTo("no_such_table");
  }

  @Test
  void whatPostgresqlRefusesIsSaidInItsWords() throws Exception {
    database.run(
        "CREATE FUNCTION forbid() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''no DDL today''; END'",
        "CREATE EVENT TRIGGER forbid ON ddl_command_start EXECUTE FUNCTION forbid()");

    assertThat(code(database.ensure("t", 1))).isEqualTo("refused");
    assertThat(database.value("SELECT count(*) FROM freshet.capture_source")).isEqualTo("0");
  }

  private static String code(CaptureOutcome outcome) {
    return switch (outcome) {
      case NotPossible impossible -> impossible.code();
      case Installed _, AlreadyThere _, Busy _ -> outcome.toString();
    };
  }

  @Test
  void serviceWithoutOwnershipNeedsTheTriggerPrivilege() throws Exception {
    String role = "service" + database.users.name();
    database.run(
        "CREATE ROLE " + role + " LOGIN",
        "GRANT USAGE, CREATE ON SCHEMA freshet, freshet_buffer TO " + role,
        "GRANT ALL ON ALL TABLES IN SCHEMA freshet TO " + role,
        "GRANT ALL ON ALL SEQUENCES IN SCHEMA freshet TO " + role,
        "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA freshet TO " + role,
        "GRANT SELECT ON t TO " + role);
    Vertx vertx = Vertx.vertx();
    CaptureInstaller installer = new CaptureInstaller(IMPATIENT);
    try (Session service =
        new Database(vertx, new DatabaseUrl(database.users.as(role).url())).open("test")) {
      long t = database.relid("t");
      assertThat(code(installer.ensure(service, t, CaptureDatabase.set(1))))
          .isEqualTo("no_trigger_privilege");

      database.run("GRANT TRIGGER ON t TO " + role);
      assertThat(installer.ensure(service, t, CaptureDatabase.set(1))).isEqualTo(new Installed(1));
      assertThat(installer.ensure(service, t, CaptureDatabase.set(1)))
          .isEqualTo(new AlreadyThere(1));
      database.run("INSERT INTO t VALUES (1, 'a', 1)");
      assertThat(installer.ensure(service, t, CaptureDatabase.set(2))).isEqualTo(new Installed(2));
      database.run("INSERT INTO t VALUES (2, 'b', 2)", "TRUNCATE t");
      assertThat(database.counts("t")).isEqualTo("1 × +1, 1 × t");

      assertThat(new CaptureRemoval(IMPATIENT).uninstall(service)).isEmpty();
      assertThat(database.value("SELECT count(*) FROM pg_trigger WHERE tgrelid = 't'::regclass"))
          .isEqualTo("0");
      assertThat(
              database.value(
                  "SELECT count(*) FROM pg_class WHERE relnamespace = 'freshet_buffer'::regnamespace"))
          .isEqualTo("0");
    }
    Session.join(vertx.close());
  }

  /** No trigger of statements fires for what a subscription applies, and others need its owner. */
  @Test
  void aTableFilledByASubscriptionNeedsItsOwner() throws Exception {
    TestDatabase publisher = PostgresServer.createDatabase();
    publisher.run(
        "CREATE TABLE t (id int PRIMARY KEY, v text, w int)", "CREATE PUBLICATION p FOR TABLE t");
    String role = "applied" + database.users.name();
    database.run(
        "CREATE ROLE " + role + " LOGIN",
        "GRANT USAGE, CREATE ON SCHEMA freshet, freshet_buffer TO " + role,
        "GRANT ALL ON ALL TABLES IN SCHEMA freshet TO " + role,
        "GRANT ALL ON ALL SEQUENCES IN SCHEMA freshet TO " + role,
        "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA freshet TO " + role,
        "GRANT SELECT, TRIGGER ON t TO " + role,
        "CREATE SUBSCRIPTION s CONNECTION 'host=127.0.0.1 port=%d dbname=%s user=postgres' PUBLICATION p WITH (enabled = false, create_slot = false, slot_name = NONE)"
            .formatted(publisher.port(), publisher.name()));
    Vertx vertx = Vertx.vertx();
    CaptureInstaller installer = new CaptureInstaller(IMPATIENT);
    try (Session service =
        new Database(vertx, new DatabaseUrl(database.users.as(role).url())).open("test")) {
      long t = database.relid("t");
      assertThat(code(installer.ensure(service, t, CaptureDatabase.set(1))))
          .isEqualTo("subscription_needs_owner");
      database.run("DROP SUBSCRIPTION s");
      assertThat(installer.ensure(service, t, CaptureDatabase.set(1))).isEqualTo(new Installed(1));
    } finally {
      Session.join(vertx.close());
    }
  }

  @Test
  void oddIdentifiersAndTypesAreCaptured() throws Exception {
    database.run(
        "CREATE SCHEMA \"Sch\"\"e.ma\"",
        "CREATE DOMAIN \"Sch\"\"e.ma\".\"do main\" AS int NOT NULL CHECK (value > 0)",
        """
        CREATE TABLE "Sch""e.ma"."Ta ""ble'.x" (
            "select" int, "we ight" text COLLATE "C", weight varchar(20), xid "Sch""e.ma"."do main",
            "größer als 63 bytes wäre zu viel" numeric(10, 2)[], c1 json, "it's" int, r "char")\
        """);
    String table = "\"Sch\"\"e.ma\".\"Ta \"\"ble'.x\"";
    assertThat(database.ensure(table, 1, 2, 3, 4, 5, 6, 7, 8)).isEqualTo(new Installed(1));
    database.run(
        "INSERT INTO %s VALUES (1, 'a', 'b', 1, '{1.5,NULL}', '{}', 1, 'x'), (2, NULL, NULL, 2, NULL, NULL, 2, 'y')"
            .formatted(table),
        "UPDATE %s SET weight = 'c', xid = 3 WHERE \"select\" = 1".formatted(table),
        "TRUNCATE " + table);

    assertThat(database.counts(table)).isEqualTo("3 × +1, 1 × -1, 1 × t");
    assertThat(
            database.value(
                "SELECT pg_typeof(c4) FROM %s WHERE weight < 0".formatted(database.changes(table))))
        .isEqualTo("\"Sch\"\"e.ma\".\"do main\"");
  }

  @Test
  void virtualColumnsAreComputedFromTheirBaseWhenRead() throws Exception {
    assumeTrue(database.serverVersion() >= 18, "virtual generated columns came with 18");
    database.run(
        "CREATE TABLE g (id int, a int, v int GENERATED ALWAYS AS (100 / a) VIRTUAL, s int GENERATED ALWAYS AS (a + 1) STORED)");
    database.ensure("g", 1, 3, 4);
    database.run(
        "INSERT INTO g VALUES (1, 5), (2, 7), (3, 0)",
        "DELETE FROM g WHERE id = 3",
        "ALTER TABLE g RENAME a TO weight",
        "UPDATE g SET weight = 10 WHERE id = 1");

    assertThat(
            database.value(
                "SELECT string_agg(c1 || ':' || c3 || ':' || c4, ' ' ORDER BY c1, c3) FROM %s WHERE weight > 0 AND c1 < 3"
                    .formatted(database.changes("g"))))
        .isEqualTo("1:10:11 1:20:6 2:14:8");
    assertThat(database.ensure("g", 1, 3, 4)).isEqualTo(new AlreadyThere(1));
  }

  @Test
  void fuseBlowsForLargeStatementsAndLargeBuffers() throws Exception {
    database.ensure(IMPATIENT, "t", 1, 2);
    database.run("INSERT INTO t SELECT i, 'v' FROM generate_series(1, 1001) i");
    assertThat(database.counts("t")).contains("1 × g");

    try (Connection user = database.users.connect();
        var statement = user.createStatement()) {
      for (int i = 0; i < 40; i++) {
        statement.execute("UPDATE t SET v = v || 'x' WHERE id <= 999");
      }
    }
    long size =
        Long.parseLong(
            database.value(
                "SELECT pg_relation_size(buffer_a) FROM freshet.capture WHERE generation = 1"));
    assertThat(size).isLessThan(4 * IMPATIENT.bufferBytesMax());
    assertThat(
            database.value(
                "SELECT count(*) > 1 FROM %s WHERE note = 'g'".formatted(database.changes("t"))))
        .isEqualTo("t");
  }
}
