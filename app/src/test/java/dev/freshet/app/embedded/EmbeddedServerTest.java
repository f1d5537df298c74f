package dev.freshet.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServerTest {

  private static final ServerPlan PLAN =
      new ServerPlan(
          "shop",
          List.of("shop"),
          List.of("CREATE ROLE shop LOGIN", "CREATE DATABASE shop OWNER shop"));

  @Test
  void dataSurvivesAStopAndAServerLeftBehind(@TempDir Path path) throws Exception {
    EmbeddedServer abandoned;
    try (DataDirectory directory = DataDirectory.open(path)) {
      try (EmbeddedServer first = start(directory)) {
        run(first, "CREATE TABLE kept AS SELECT 42 AS n");
      }
      abandoned = start(directory);
    }

    try (DataDirectory directory = DataDirectory.open(path);
        EmbeddedServer next = start(directory)) {
      assertThat(value(next, "SELECT n FROM kept")).isEqualTo("42");
      assertThat(next.port() == abandoned.port() || EmbeddedServer.isFree(abandoned.port()))
          .isTrue();
    }
    assertThat(path.resolve("cluster/postmaster.pid")).doesNotExist();
  }

  @Test
  void itIsClosedToAllButThePlannedRolesAndToOtherMachines(@TempDir Path path) throws Exception {
    try (DataDirectory directory = DataDirectory.open(path);
        EmbeddedServer server = start(directory)) {
      assertThat(value(server, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(value(server, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
          .isEqualTo("f");
      assertThatThrownBy(() -> connect(server, "shop", "postgres"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("pg_hba.conf");
    }
  }

  @Test
  void aNumberOfADeadServerThatAnotherProcessHasIsNoServer(@TempDir Path path) throws Exception {
    try (DataDirectory directory = DataDirectory.open(path)) {
      start(directory).close();
      Files.writeString(
          path.resolve("cluster/postmaster.pid"), ProcessHandle.current().pid() + "\n");

      try (EmbeddedServer server = start(directory)) {
        assertThat(value(server, "SELECT 1")).isEqualTo("1");
      }
    }
  }

  @Test
  void aDirectoryIsHeldByOne(@TempDir Path path) {
    try (DataDirectory directory = DataDirectory.open(path)) {
      assertThatThrownBy(() -> DataDirectory.open(directory.path()))
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageStartingWith("another process is using");
    }
  }

  @Test
  void theDemoLivesWhereTheDesktopSays() {
    assertThat(DataDirectory.ofDemo(Map.of("XDG_DATA_HOME", "/data")))
        .isEqualTo(Path.of("/data/freshet/demo"));
    assertThat(DataDirectory.ofDemo(Map.of()).toString()).endsWith(".local/share/freshet/demo");
  }

  private static EmbeddedServer start(DataDirectory directory) {
    return EmbeddedServer.start(directory, PLAN, EmbeddedServer.freePortFrom(15_900));
  }

  private static void run(EmbeddedServer server, String sql) throws SQLException {
    try (Connection connection = connect(server, "shop", "shop");
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String value(EmbeddedServer server, String query) throws SQLException {
    try (Connection connection = connect(server, "shop", "shop");
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private static Connection connect(EmbeddedServer server, String database, String role)
      throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/%s?user=%s".formatted(server.port(), database, role));
  }
}
