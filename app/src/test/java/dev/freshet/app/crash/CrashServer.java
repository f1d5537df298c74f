package dev.freshet.app.crash;

import dev.freshet.app.demo.DemoDatabase;
import dev.freshet.app.embedded.DataDirectory;
import dev.freshet.app.embedded.EmbeddedServer;
import dev.freshet.app.embedded.ServerPlan;
import dev.freshet.app.testing.Eventually;
import dev.freshet.app.testing.Rows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** A server of a test's own, that can be started anew. */
final class CrashServer implements AutoCloseable {

  /** Who may do everything. */
  static final String SUPERUSER = "postgres";

  /** Who owns the tables. */
  static final String USER = "shop";

  /** As whom the service works. */
  static final String SERVICE = "freshet";

  private static final int FIRST_PORT = 17_100;
  private static final ServerPlan PLAN =
      new ServerPlan(
          DemoDatabase.PLAN.database(),
          List.of(SUPERUSER, USER, SERVICE),
          DemoDatabase.PLAN.statements());

  private final Path path;
  private final DataDirectory directory;
  private EmbeddedServer server;

  CrashServer(Path path) {
    this.path = path;
    directory = DataDirectory.open(path);
    server = EmbeddedServer.start(directory, PLAN, EmbeddedServer.freePortFrom(FIRST_PORT));
  }

  int port() {
    return server.port();
  }

  void restart() {
    server.close();
    server = EmbeddedServer.start(directory, PLAN, server.port());
  }

  /** Ends it without a checkpoint, as when it crashes, and starts it again. */
  void crash() throws Exception {
    String postmaster =
        Files.readAllLines(path.resolve("cluster").resolve("postmaster.pid")).getFirst();
    new ProcessBuilder("kill", "-QUIT", postmaster).start().waitFor();
    Eventually.see(() -> EmbeddedServer.isFree(server.port()), free -> free);
    Eventually.see(() -> ProcessHandle.of(Long.parseLong(postmaster)).isPresent(), lives -> !lives);
    server = EmbeddedServer.start(directory, PLAN, server.port());
  }

  /** The address by which the service reaches it through a port. */
  static String serviceUrl(int port) {
    return DemoDatabase.ofService(port).uri();
  }

  void run(String role, String... statements) throws SQLException {
    try (Connection session = connect(role);
        var statement = session.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Rows by line, columns by " | ". */
  String rows(String role, String query) throws SQLException {
    try (Connection session = connect(role);
        var statement = session.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return String.join("\n", Rows.of(rows));
    }
  }

  Connection connect(String role) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/shop?user=%s".formatted(port(), role));
  }

  @Override
  public void close() {
    server.close();
    directory.close();
  }
}
