package dev.freshet.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.app.testing.FreshetProcess;
import dev.freshet.catalog.testing.InstalledDatabase;
import dev.freshet.catalog.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands in the way of a service is said in one line. */
class RefusedStartIT {

  private static String url = "";

  @BeforeAll
  static void install() throws SQLException {
    url = InstalledDatabase.create().service().url();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "quarkus.http.host=0.0.0.0 | quarkus.http.host is 0.0.0.0, but there is no authentication yet: it listens on 127.0.0.1 only",
        "quarkus.management.host=0.0.0.0 | quarkus.management.host is 0.0.0.0, but there is no authentication yet: it listens on 127.0.0.1 only",
        "freshet.nonsense=1 | wrong configuration: freshet.nonsense in SysPropConfigSource does not map to any root"
      })
  void settingsThatMustNotBe(String setting, String line) throws InterruptedException {
    assertRefused(serve(url, "--set", setting), line);
  }

  @Test
  void aPortThatIsTaken() throws IOException, InterruptedException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertRefused(
          FreshetProcess.run("serve", "--url", url, "--http-port", port, "--management-port", "0"),
          "port %s is in use; give another one with --http-port".formatted(port));
    }
  }

  @Test
  void aServerThatIsNotThere() throws InterruptedException {
    assertRefused(
        serve("postgresql://ann:secret@127.0.0.1:1/shop"),
        "Connection to 127.0.0.1:1 refused. Check that the hostname and port are correct and that the postmaster is accepting TCP/IP connections.");
  }

  @Test
  void aRightThatIsMissing() throws InterruptedException, SQLException {
    TestDatabase stranger = InstalledDatabase.prepare().user();

    assertRefused(
        serve(stranger.url()),
        "role %1$s may not create schemas in database %2$s. As its owner: GRANT CREATE ON DATABASE \"%2$s\" TO \"%1$s\""
            .formatted(stranger.user(), stranger.name()));
  }

  @Test
  void aWrongPassword() throws Exception {
    TestDatabase database = InstalledDatabase.prepare().service();
    PasswordRule rule = PasswordRule.require(database);
    try {
      assertRefused(
          serve(database.url().replace("@", ":wrong@")),
          "FATAL: password authentication failed for user \"%s\"".formatted(database.user()));
    } finally {
      rule.lift();
    }
  }

  @Test
  void schemasOfANewerVersion() throws InterruptedException, SQLException {
    InstalledDatabase database = InstalledDatabase.create();
    database
        .service()
        .run(
            """
            INSERT INTO freshet.schema_history
              (installed_rank, version, description, type, script, installed_by, execution_time, success)
            VALUES (10000, '99.0', 'later', 'SQL', 'V99.0__later.sql', current_user, 1, true)
            """,
            "CREATE OR REPLACE FUNCTION freshet.version() RETURNS text LANGUAGE sql IMMUTABLE RETURN '99.0'");

    FreshetProcess.Ended ended = serve(database.service().url());

    assertThat(ended.error())
        .startsWith("freshet: the database was upgraded by Freshet 99.0; this is ")
        .endsWith(". Run that version, or a newer one.")
        .doesNotContain("\n");
    assertThat(ended.status()).isEqualTo(1);
  }

  @Test
  void wrongUsageHasAStatusOfItsOwn() throws InterruptedException {
    FreshetProcess.Ended ended = FreshetProcess.run("serve", "--http-port", "many");

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.error().lines()).hasSize(2);
  }

  private static FreshetProcess.Ended serve(String address, String... more)
      throws InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of("serve", "--url", address, "--http-port", "0", "--management-port", "0"));
    arguments.addAll(List.of(more));
    return FreshetProcess.run(arguments.toArray(String[]::new));
  }

  private static void assertRefused(FreshetProcess.Ended ended, String line) {
    assertThat(ended).isEqualTo(new FreshetProcess.Ended(1, "", "freshet: " + line));
  }
}
