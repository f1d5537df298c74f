package dev.freshet.refresh.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.testing.PostgresServer;
import dev.freshet.catalog.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writes for which PostgreSQL fires no ordinary trigger. */
class ReplicatedCaptureTest {

  private CaptureDatabase database;

  @BeforeEach
  void open() throws SQLException {
    database = new CaptureDatabase();
    database.run(
        "CREATE TABLE t (id int PRIMARY KEY, v text)",
        "CREATE TABLE p (id int PRIMARY KEY, v text) PARTITION BY RANGE (id)",
        "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (1000)");
    database.ensure("t", 1, 2);
    database.ensure("p", 1, 2);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void writesUnderReplicaRoleAreCapturedOnce() throws Exception {
    for (String table : new String[] {"t", "p"}) {
      database.run(
          "SET session_replication_role = replica",
          "INSERT INTO " + table + " VALUES (1, 'a'), (2, 'b')",
          "UPDATE " + table + " SET v = 'c'",
          "DELETE FROM " + table + " WHERE id = 1",
          "SET session_replication_role = origin",
          "INSERT INTO " + table + " VALUES (3, 'd')");

      assertThat(database.counts(table)).isEqualTo("5 × +1, 3 × -1");
      assertThat(database.difference(table, "id", "v")).isEqualTo("0");
      database.run("SET session_replication_role = replica", "TRUNCATE " + table);
      assertThat(database.counts(table)).endsWith("× t");
    }
  }

  /**
   * The slot is made beforehand: a subscription to the same server would wait for its own
   * transaction to end.
   */
  @Test
  void rowsAppliedByASubscriptionAreCapturedOnce() throws Exception {
    TestDatabase publisher = PostgresServer.createDatabase();
    String slot = "capture_" + database.users.name();
    publisher.run(
        "CREATE TABLE t (id int PRIMARY KEY, v text)",
        "CREATE TABLE p (id int PRIMARY KEY, v text)",
        "INSERT INTO t VALUES (1, 'copied')",
        "CREATE PUBLICATION everything FOR TABLE t, p",
        "SELECT pg_create_logical_replication_slot('" + slot + "', 'pgoutput')");
    try {
      database.run(
          "CREATE SUBSCRIPTION s CONNECTION 'host=127.0.0.1 port=%d dbname=%s user=postgres' PUBLICATION everything WITH (create_slot = false, slot_name = '%s')"
              .formatted(publisher.port(), publisher.name(), slot));
      await("SELECT bool_and(srsubstate = 'r') FROM pg_subscription_rel");
      publisher.run(
          "INSERT INTO t VALUES (2, 'b'), (3, 'c')",
          "UPDATE t SET v = v || 'u' WHERE id < 3",
          "DELETE FROM t WHERE id = 3",
          "INSERT INTO p VALUES (1, 'x')",
          "UPDATE p SET v = 'y'");
      await("SELECT EXISTS (SELECT FROM p WHERE v = 'y')");
      assertThat(database.difference("t", "id", "v")).isEqualTo("0");
      assertThat(database.counts("t")).isEqualTo("5 × +1, 3 × -1");
      assertThat(database.difference("p", "id", "v")).isEqualTo("0");

      publisher.run("TRUNCATE t, p", "INSERT INTO t VALUES (9, 'after')");
      await("SELECT EXISTS (SELECT FROM t WHERE id = 9)");
      assertThat(database.counts("t")).isEqualTo("6 × +1, 3 × -1, 1 × t");
      assertThat(database.counts("p")).startsWith("2 × +1, 1 × -1, ").endsWith("× t");
    } finally {
      database.run("ALTER SUBSCRIPTION s DISABLE", "ALTER SUBSCRIPTION s SET (slot_name = NONE)");
      database.run("DROP SUBSCRIPTION s");
      publisher.run(
          "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '"
              + slot
              + "' AND active");
      dropSlot(publisher, slot);
    }
  }

  /** Waits for what the apply worker does; the server polls, so that nobody sleeps here. */
  private void await(String condition) throws SQLException {
    try (Connection user = database.users.connect();
        var statement = user.createStatement()) {
      statement.execute(
          """
          DO $do$
          DECLARE met boolean := false;
          BEGIN
              FOR attempt IN 1 .. 1200 LOOP
                  EXECUTE $condition$%s$condition$ INTO met;
                  EXIT WHEN met;
                  PERFORM pg_sleep(0.05);
                  COMMIT;
              END LOOP;
              IF met IS NOT TRUE THEN RAISE 'not met within a minute'; END IF;
          END $do$\
          """
              .formatted(condition));
    }
  }

  private static void dropSlot(TestDatabase publisher, String slot) throws SQLException {
    publisher.run(
        """
        DO $do$
        BEGIN
            WHILE EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = '%1$s' AND active) LOOP
                PERFORM pg_sleep(0.05);
                COMMIT;
            END LOOP;
            PERFORM pg_drop_replication_slot('%1$s');
        END $do$\
        """
            .formatted(slot));
  }
}
