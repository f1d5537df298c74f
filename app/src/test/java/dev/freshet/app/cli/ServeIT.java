package dev.freshet.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.app.demo.DemoDatabase;
import dev.freshet.app.embedded.DataDirectory;
import dev.freshet.app.embedded.EmbeddedServer;
import dev.freshet.app.testing.Answer;
import dev.freshet.app.testing.Eventually;
import dev.freshet.app.testing.FreshetProcess;
import dev.freshet.app.testing.ServingProcess;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service through the accidents of its life, on a server that the test may stop.
 *
 * <p>Whatever happened, a service that was asked to end ends well, and once uninstalled nothing of
 * it is left.
 */
class ServeIT {

  private static final int FIRST_PORT = 16_900;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private static Path path;

  @SuppressWarnings("NullAway.Init") // set before all
  private static DataDirectory directory;

  @SuppressWarnings("NullAway.Init") // set before all
  private static EmbeddedServer server;

  @SuppressWarnings("NullAway.Init") // set before each
  private DatabaseContent before;

  @BeforeAll
  static void startServer() throws SQLException {
    directory = DataDirectory.open(path);
    server =
        EmbeddedServer.start(directory, DemoDatabase.PLAN, EmbeddedServer.freePortFrom(FIRST_PORT));
    run("GRANT USAGE, CREATE ON SCHEMA public TO freshet");
  }

  @AfterAll
  static void stopServer() {
    server.close();
    directory.close();
  }

  @BeforeEach
  void look() throws SQLException {
    run(
        "CREATE TABLE sales (id int PRIMARY KEY, region text NOT NULL)",
        "INSERT INTO sales VALUES (1, 'EU')");
    before = content();
  }

  @AfterEach
  void uninstalledNothingIsLeft() throws Exception {
    FreshetProcess.Ended status = FreshetProcess.run("status", "--url", serviceUrl());
    assertThat(status.out()).contains("no service runs", "public.regions", "ACTIVE");
    assertThat(FreshetProcess.run("uninstall", "--url", serviceUrl()))
        .isEqualTo(
            new FreshetProcess.Ended(
                0,
                "Removed Freshet from %s.".formatted(DemoDatabase.ofService(server.port())),
                ""));
    assertThat(content()).isEqualTo(before);
    run("DROP TABLE sales");
  }

  @Test
  void oneOfTwoLeadsAndTheOtherTakesOverWhenThatIsKilled() throws Exception {
    try (ServingProcess first = ServingProcess.start(serviceUrl())) {
      first.process().awaitLog("serving");
      createStreamTable();
      try (ServingProcess second = ServingProcess.start(serviceUrl())) {
        second.process().awaitLog("another instance serves this database; waiting to take over");
        assertThat(isLeading(first)).isTrue();
        assertThat(isLeading(second)).isFalse();
        assertThat(Answer.get(second.management("/q/health/ready")).status()).isEqualTo(200);

        first.process().kill();
        run("INSERT INTO sales VALUES (2, 'US')");

        awaitRegions("EU", "US");
        assertThat(isLeading(second)).isTrue();
        assertEndsWell(second);
      }
    }
  }

  @Test
  void itGoesOnWhenItsSessionsAreEndedAndWhenTheServerWasAway() throws Exception {
    try (ServingProcess service = ServingProcess.start(serviceUrl())) {
      createStreamTable();

      terminateSessions();
      run("INSERT INTO sales VALUES (2, 'US')");
      awaitRegions("EU", "US");

      server.close();
      awaitReady(service, 503);
      assertThat(Answer.get(service.management("/q/health/live")).status()).isEqualTo(200);
      assertThat(service.error("{ streamTables { totalCount } }").getString("code"))
          .isEqualTo("08006");

      server = EmbeddedServer.start(directory, DemoDatabase.PLAN, server.port());
      awaitReady(service, 200);
      run("INSERT INTO sales VALUES (3, 'SA')");
      awaitRegions("EU", "SA", "US");
      assertThat(service.data("{ streamTables { totalCount } }", "streamTables"))
          .isEqualTo(new JsonObject().put("totalCount", 1));
      assertEndsWell(service);
    }
  }

  private static void createStreamTable() throws SQLException {
    run(
        "SELECT freshet.create_stream_table('regions', 'SELECT DISTINCT region FROM sales', '200ms')",
        "CALL freshet.wait_for_stream_table('regions')");
  }

  private static void awaitRegions(String... regions) throws Exception {
    Eventually.see(
        () -> values("SELECT region FROM regions ORDER BY region"), List.of(regions)::equals);
  }

  private static void awaitReady(ServingProcess service, int status) throws Exception {
    Eventually.see(
        () -> Answer.get(service.management("/q/health/ready")),
        answer -> answer.status() == status);
  }

  private static boolean isLeading(ServingProcess service) throws InterruptedException {
    return Answer.get(service.management("/q/health/live")).body().contains("\"leading\": true");
  }

  private static void assertEndsWell(ServingProcess service) throws InterruptedException {
    FreshetProcess.Ended ended = service.process().terminate();

    assertThat(ended.status()).isZero();
    assertThat(ended.out()).isEmpty();
    assertThat(ended.error()).endsWith("stopping").doesNotContain("ERROR");
    // No stack trace, and nothing that went past the log.
    assertThat(ended.error().lines()).allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\d .*"));
  }

  /** As the service, which alone may: its role is not that of the test. */
  private static void terminateSessions() throws SQLException {
    try (Connection session = connect("freshet");
        var statement = session.createStatement()) {
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = current_user AND pid <> pg_backend_pid()");
    }
  }

  private static String serviceUrl() {
    return DemoDatabase.ofService(server.port()).uri();
  }

  private static DatabaseContent content() throws SQLException {
    try (Connection session = connect()) {
      return DatabaseContent.of(session);
    }
  }

  private static void run(String... statements) throws SQLException {
    try (Connection session = connect();
        var statement = session.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static List<String> values(String query) throws SQLException {
    try (Connection session = connect();
        var statement = session.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  /** As the owner of the database. */
  private static Connection connect() throws SQLException {
    return connect("shop");
  }

  private static Connection connect(String role) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/shop?user=%s".formatted(server.port(), role));
  }
}
