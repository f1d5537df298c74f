package dev.freshet.refresh.maintain;

import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.database.DatabaseUrl;
import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.testing.PostgresServer;
import dev.freshet.catalog.testing.TestDatabase;
import dev.freshet.refresh.parse.SqlParser;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;

/**
 * A database with our schemas, users' tables in a schema of their own per case, and a session of
 * the service.
 */
public final class EngineDatabase implements AutoCloseable {

  final TestDatabase users = PostgresServer.createDatabase();
  final Session service;
  final Planner planner = new Planner(new SqlParser());
  private final Vertx vertx = Vertx.vertx();
  private int cases;

  public EngineDatabase() throws SQLException {
    users.run(
        "CREATE SCHEMA freshet",
        "CREATE SCHEMA freshet_def",
        "CREATE SCHEMA freshet_buffer",
        "CREATE SCHEMA freshet_state");
    Flyway.configure()
        .dataSource(users.jdbcUrl(), users.user(), null)
        .defaultSchema("freshet")
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .placeholders(java.util.Map.of("version", "test"))
        .load()
        .migrate();
    service = new Database(vertx, new DatabaseUrl(users.url())).open("test");
    service.query("SELECT freshet.allow_writes()");
  }

  /** A user's session whose search path is a fresh schema. */
  public UserSession user() throws SQLException {
    cases++;
    String schema = "case_" + cases;
    UserSession session = new UserSession(users.connect());
    session.run("CREATE SCHEMA " + schema, "SET search_path = " + schema + ", public");
    return session;
  }

  @Override
  public void close() {
    service.close();
    vertx.close();
  }

  /** What a user does in one session. */
  public record UserSession(Connection connection) implements AutoCloseable {

    public void run(String... statements) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        for (String sql : statements) {
          statement.execute(sql);
        }
      }
    }

    public String value(String query) throws SQLException {
      try (Statement statement = connection.createStatement();
          var rows = statement.executeQuery(query)) {
        if (!rows.next()) {
          throw new IllegalStateException("no row: " + query);
        }
        return String.valueOf(rows.getString(1));
      }
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
