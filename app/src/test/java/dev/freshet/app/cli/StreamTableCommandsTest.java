package dev.freshet.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.app.docs.RunningService;
import dev.freshet.catalog.testing.InstalledDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that say something to a database, with a service at work. */
class StreamTableCommandsTest {

  private static final Pattern CONSOLE = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  private InstalledDatabase database;
  private RunningService service;

  @BeforeEach
  void start() throws SQLException {
    database = InstalledDatabase.create();
    service = new RunningService(database.serviceUrl());
    database
        .user()
        .run(
            "CREATE TABLE shop.orders (id int PRIMARY KEY, amount int)",
            "INSERT INTO shop.orders VALUES (1, 50), (2, 150), (3, 250)");
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private Ran freshet(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--url");
    all.add(database.user().url());
    return Ran.freshet(all.toArray(String[]::new));
  }

  private String done(String... words) {
    Ran ran = freshet(words);
    assertThat(ran.error()).isEmpty();
    assertThat(ran.status()).isZero();
    return ran.out();
  }

  @Test
  void everyCommandOfThePageWorks(@TempDir Path directory) throws IOException, SQLException {
    database
        .admin()
        .run(
            "DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO PUBLIC', current_database()); END $$");
    Matcher blocks = CONSOLE.matcher(Files.readString(Path.of("../docs/command-line.md")));
    int commands = 0;
    while (blocks.find()) {
      for (String line : blocks.group(1).lines().toList()) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
          words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        assertThat(words.removeFirst()).isEqualTo("freshet");
        words.replaceAll(
            text -> text.endsWith(".yaml") ? directory.resolve(text).toString() : text);
        done(words.toArray(String[]::new));
        commands++;
      }
    }
    assertThat(commands).isGreaterThan(15);
  }

  @Test
  void whatIsShownIsAlsoJson() {
    done(
        "create",
        "shop.big",
        "SELECT id FROM shop.orders WHERE amount > 100",
        "--wait",
        "--sla",
        "30s");

    JsonObject listed = new JsonArray(done("list", "--json")).getJsonObject(0);
    assertThat(listed.getString("stream_table")).isEqualTo("shop.big");
    assertThat(listed.getString("status")).isEqualTo("ACTIVE");
    JsonObject shown = new JsonObject(done("show", "shop.big", "--json"));
    assertThat(shown.getLong("freshness_deadline_ms")).isEqualTo(30_000);
    assertThat(
            new JsonArray(done("history", "shop.big", "--json"))
                .getJsonObject(0)
                .getString("status"))
        .isEqualTo("COMPLETED");
    assertThat(new JsonArray(done("verify", "--json")).getJsonObject(0))
        .isEqualTo(
            new JsonObject()
                .put("stream_table", "shop.big")
                .put("missing", 0)
                .put("unexpected", 0));
    assertThat(new JsonObject(done("explain", "shop.big", "--delta", "--json")).getString("delta"))
        .contains("MERGE");
    assertThat(
            new JsonObject(done("analyze", "SELECT 1 FROM shop.orders", "--json"))
                .getString("code"))
        .isEqualTo("differentiable");
  }

  @Test
  void aQueryComesFromAFileToo(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("big.sql");
    Files.writeString(file, "SELECT id FROM shop.orders WHERE amount > 200");

    done("create", "shop.big", "file:" + file, "--wait");

    assertThat(database.user().value("SELECT string_agg(id::text, ',') FROM shop.big"))
        .isEqualTo("3");
    assertThat(freshet("create", "shop.none", "file:/nowhere.sql"))
        .isEqualTo(
            new Ran(1, "", "freshet: there is no file /nowhere.sql" + System.lineSeparator()));
  }

  @Test
  void whatExistsIsLeftOrReplaced() throws SQLException {
    done("create", "shop.big", "SELECT id FROM shop.orders WHERE amount > 200", "--wait");

    assertThat(freshet("create", "shop.big", "SELECT 1 AS id").error()).contains("already exists");
    done("create", "shop.big", "SELECT 1 AS id", "--if-not-exists", "--wait");
    assertThat(database.user().value("SELECT string_agg(id::text, ',') FROM shop.big"))
        .isEqualTo("3");
    done("create", "shop.big", "SELECT id FROM shop.orders WHERE amount < 100", "--or-replace");
    done("refresh", "shop.big");
    assertThat(database.user().value("SELECT string_agg(id::text, ',') FROM shop.big"))
        .isEqualTo("1");
    assertThat(freshet("create", "shop.x", "SELECT 1", "--if-not-exists", "--or-replace").status())
        .isEqualTo(2);
  }

  @Test
  void mistakesAreOneLineWithTheRemedy() {
    assertThat(freshet("show", "shop.nothing").error())
        .startsWith("freshet: stream table shop.nothing does not exist")
        .contains("pgt_stream_tables");
    assertThat(freshet("create", "shop.big", "SELECT nothing FROM shop.orders").error())
        .contains("\"nothing\" does not exist");
    assertThat(freshet("refresh").status()).isEqualTo(2);
  }

  @Test
  void theShellCompletesCommands() {
    assertThat(Ran.freshet("completion").out())
        .contains("complete", "rebuild-projections", "--or-replace");
  }
}
