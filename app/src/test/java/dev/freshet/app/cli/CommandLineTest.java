package dev.freshet.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.app.testing.TransactionPooler;
import dev.freshet.catalog.surface.FreshetVersion;
import dev.freshet.catalog.testing.InstalledDatabase;
import dev.freshet.catalog.testing.PostgresServer;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

  @Test
  void versionIsTheOne() {
    assertThat(Ran.freshet("version"))
        .isEqualTo(new Ran(0, FreshetVersion.current() + System.lineSeparator(), ""));
  }

  @Test
  void helpNamesEveryCommand() {
    assertThat(Ran.freshet("--help").out())
        .contains(
            "demo",
            "serve",
            "drain",
            "install",
            "uninstall",
            "status",
            "list",
            "show",
            "create",
            "alter",
            "drop",
            "refresh",
            "verify",
            "suspend",
            "resume",
            "repair",
            "analyze",
            "explain",
            "history",
            "dag",
            "publish",
            "unpublish",
            "export",
            "rebuild-projections",
            "bench",
            "completion");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "serv",
        "serve --nonsense",
        "serve --http-port many",
        "status",
        "uninstall extra",
        "bench nonsense",
        "drain",
        "drain --within -1 --url postgresql://ann@127.0.0.1/shop"
      })
  void wrongUsageIsTwoAndSaysHowToGetHelp(String line) {
    Ran ran = Ran.freshet(line.isEmpty() ? new String[0] : line.split(" "));

    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.error().lines()).hasSize(2).first().asString().startsWith("freshet: ");
    assertThat(ran.error()).contains("--help");
  }

  @Test
  void anUnreachableServerIsOneLine() {
    assertOneLine(
        Ran.freshet("install", "--url", "postgresql://ann:secret@127.0.0.1:1/shop"), "refused");
  }

  @Test
  void aServerThatIsToldAWrongSchemeIsOneLine() {
    assertOneLine(Ran.freshet("install", "--url", "mysql://db/shop"), "not the address");
  }

  @Test
  void aMissingRightIsOneLineWithTheRemedy() throws SQLException {
    InstalledDatabase database = InstalledDatabase.prepare();

    assertOneLine(
        Ran.freshet("install", "--url", database.user().url()), "GRANT CREATE ON DATABASE");
  }

  @Test
  void installStatusAndUninstallGoTogether() throws SQLException {
    InstalledDatabase database = InstalledDatabase.prepare();
    String url = database.service().url();

    assertOneLine(Ran.freshet("status", "--url", url), "not installed");
    assertOneLine(Ran.freshet("drain", "--url", url), "not installed");
    assertThat(Ran.freshet("install", "--url", url).out()).startsWith("Installed Freshet");
    assertThat(Ran.freshet("install", "--url", url).out()).contains("is installed");
    database
        .user()
        .run(
            "SET search_path = shop",
            "CREATE TABLE sales (region text, amount int)",
            "SELECT freshet.create_stream_table('totals', 'SELECT region, sum(amount) FROM sales GROUP BY region')");
    assertThat(Ran.freshet("status", "--url", url).out())
        .contains("no service runs", "shop.totals", "INITIALIZING");
    assertOneLine(Ran.freshet("drain", "--url", url), "no service is at work");
    assertThat(Ran.freshet("rebuild-projections", "--url", url).out()).contains("events");
    assertThat(Ran.freshet("uninstall", "--keep-tables", "--url", url).status()).isZero();
    assertThat(database.admin().value("SELECT to_regclass('shop.totals')"))
        .isEqualTo("shop.totals");
    assertOneLine(Ran.freshet("uninstall", "--url", url), "not installed");
  }

  @Test
  void aDatabaseThatIsMissingIsOneLine() {
    assertOneLine(
        Ran.freshet(
            "install",
            "--url",
            "postgresql://postgres@127.0.0.1:%d/nowhere".formatted(PostgresServer.port())),
        "\"nowhere\" does not exist");
  }

  @Test
  void aPoolerInTransactionModeIsRefused() throws Exception {
    InstalledDatabase database = InstalledDatabase.prepare();
    try (TransactionPooler pooler = new TransactionPooler(PostgresServer.port())) {
      String url =
          database
              .service()
              .url()
              .replace(":" + PostgresServer.port() + "/", ":" + pooler.port() + "/");

      assertOneLine(Ran.freshet("install", "--url", url), "a pooler in transaction mode");
    }
    assertThat(database.admin().value("SELECT to_regnamespace('freshet') IS NULL")).isEqualTo("t");
  }

  private static void assertOneLine(Ran ran, String part) {
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.error().lines()).hasSize(1);
    assertThat(ran.error()).startsWith("freshet: ").contains(part).doesNotContain("secret");
  }
}
