package dev.freshet.catalog.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.testing.PostgresServer;
import dev.freshet.catalog.testing.TestDatabase;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatabaseTest {

  private static final String SETTINGS =
      """
      SELECT name || ' ' || setting AS shown FROM pg_settings
      WHERE name IN ('standard_conforming_strings', 'default_transaction_isolation', 'default_transaction_read_only',
                     'statement_timeout', 'idle_in_transaction_session_timeout', 'idle_session_timeout',
                     'transaction_timeout', 'client_min_messages')
      ORDER BY name COLLATE "C"\
      """;

  /** Some would end a session that waits for work, others change what a statement means. */
  @Test
  void sessionsHaveTheirOwnSettings() throws SQLException {
    TestDatabase database = PostgresServer.createDatabase();
    List<String> changes = new ArrayList<>();
    for (String setting :
        List.of(
            "standard_conforming_strings = off",
            "default_transaction_isolation = 'serializable'",
            "default_transaction_read_only = on",
            "statement_timeout = '50s'",
            "idle_in_transaction_session_timeout = '50s'",
            "idle_session_timeout = '50s'",
            "client_min_messages = debug1")) {
      changes.add("ALTER DATABASE %s SET %s".formatted(database.name(), setting));
    }
    database.run(changes.toArray(String[]::new));
    Vertx vertx = Vertx.vertx();

    List<String> shown = new ArrayList<>();
    try {
      new Database(vertx, new DatabaseUrl(database.url()))
          .with("test", session -> session.query(SETTINGS))
          .forEach(row -> shown.add(row.getString("shown")));
    } finally {
      vertx.close();
    }

    shown.remove("transaction_timeout 0");
    assertThat(shown)
        .containsExactly(
            "client_min_messages warning",
            "default_transaction_isolation read committed",
            "default_transaction_read_only off",
            "idle_in_transaction_session_timeout 0",
            "idle_session_timeout 0",
            "standard_conforming_strings on",
            "statement_timeout 0");
  }
}
