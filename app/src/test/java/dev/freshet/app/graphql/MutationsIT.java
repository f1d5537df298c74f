package dev.freshet.app.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.app.testing.Eventually;
import dev.freshet.app.testing.ServingProcess;
import dev.freshet.app.testing.SharedService;
import dev.freshet.app.testing.Shop;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SharedService.class)
class MutationsIT {

  private static final String TOTALS =
      "SELECT region, sum(amount) AS total FROM sales GROUP BY region";

  private final ServingProcess service;
  private final Shop shop;

  MutationsIT(ServingProcess service, Shop shop) {
    this.service = service;
    this.shop = shop;
  }

  @Test
  void whatIsCreatedIsFilledAndBelongsToItsOwner() throws Exception {
    JsonObject created =
        service.data(
            """
            mutation { createStreamTable(input: {
                name: "%1$s.totals", query: "SELECT region, sum(amount) AS total FROM %1$s.sales GROUP BY region",
                schedule: "1h", refreshMode: DIFFERENTIAL, tier: "warm", cdcMode: "trigger",
                diamondConsistency: "atomic", appendOnly: true, owner: "%2$s" }) {
              name owner schedule refreshMode refreshTier cdcMode diamondConsistency appendOnly } }
            """
                .formatted(shop.name(), shop.database().user().user()),
            "createStreamTable");

    assertThat(created)
        .isEqualTo(
            new JsonObject()
                .put("name", shop.qualified("totals"))
                .put("owner", shop.database().user().user())
                .put("schedule", "1h")
                .put("refreshMode", "DIFFERENTIAL")
                .put("refreshTier", "warm")
                .put("cdcMode", "trigger")
                .put("diamondConsistency", "atomic")
                .put("appendOnly", true));
    shop.run("CALL freshet.wait_for_stream_table('totals')");
    assertThat(shop.rows("SELECT * FROM totals ORDER BY region"))
        .containsExactly("EU | 15", "US | 7");
  }

  @Test
  void withoutAnOwnerItBelongsToTheServiceAndStaysEmptyIfSoWished() throws Exception {
    assertThat(
            service.data(
                """
                mutation { createStreamTable(input: {
                    name: "%1$s.regions", query: "SELECT region FROM %1$s.sales", initialize: false }) {
                  owner status isPopulated schedule refreshMode } }
                """
                    .formatted(shop.name()),
                "createStreamTable"))
        .isEqualTo(
            new JsonObject()
                .put("owner", shop.database().service().user())
                .put("status", "INITIALIZING")
                .put("isPopulated", false)
                .put("schedule", "calculated")
                .put("refreshMode", "AUTO"));
  }

  @ParameterizedTest
  @CsvSource({"SKIP, 1h", "REPLACE, 2h"})
  void whatExistsIsLeftOrReplacedAsWished(String whenExists, String schedule) throws Exception {
    shop.createStreamTable("totals", TOTALS);

    assertThat(
            service.data(
                """
                mutation { createStreamTable(input: { whenExists: %2$s, schedule: "2h", name: "%1$s.totals",
                    owner: "%3$s", query: "SELECT region, sum(amount) AS total FROM %1$s.sales GROUP BY region" }) {
                  name schedule } }
                """
                    .formatted(shop.name(), whenExists, shop.database().user().user()),
                "createStreamTable"))
        .isEqualTo(
            new JsonObject().put("name", shop.qualified("totals")).put("schedule", schedule));
  }

  @Test
  void alteringChangesWhatIsGivenAndNothingElse() throws Exception {
    shop.createStreamTable("totals", TOTALS);

    assertThat(
            service.data(
                """
                mutation { alterStreamTable(input: { name: "%s", refreshMode: FULL, tier: "cold" }) {
                  schedule refreshMode refreshTier originalQuery } }
                """
                    .formatted(shop.qualified("totals")),
                "alterStreamTable"))
        .isEqualTo(
            new JsonObject()
                .put("schedule", "1h")
                .put("refreshMode", "FULL")
                .put("refreshTier", "cold")
                .put("originalQuery", TOTALS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"\"30 minutes\" | 1800000", "\"5 s\" | 5000", "null |"})
  void anSlaIsSetAndTakenAway(String sla, @Nullable Long deadlineMs) throws Exception {
    shop.createStreamTable("totals", TOTALS);

    assertThat(
            service.data(
                "mutation { setSla(name: \"%s\", sla: %s) { freshnessDeadlineMs slaMetRatio } }"
                    .formatted(shop.qualified("totals"), sla),
                "setSla"))
        .isEqualTo(new JsonObject().put("freshnessDeadlineMs", deadlineMs).putNull("slaMetRatio"));
  }

  @Test
  void publishingShowsThePublicationAndUnpublishingTakesItAway() throws Exception {
    shop.createStreamTable("totals", TOTALS);
    shop.createStreamTable("large", "SELECT region FROM totals WHERE total > 10");
    String publication = "freshet_" + shop.name() + "_totals";

    assertThat(
            service.data(
                "mutation { publish(name: \"%s\") { downstreamPublication downstreamPublicationName } }"
                    .formatted(shop.qualified("totals")),
                "publish"))
        .isEqualTo(
            new JsonObject()
                .put("downstreamPublication", publication)
                .put("downstreamPublicationName", publication));
    assertThat(
            service.data(
                "mutation { publish(name: \"%s\", publication: \"%s\") { downstreamPublication } }"
                    .formatted(shop.qualified("large"), publication),
                "publish"))
        .isEqualTo(new JsonObject().put("downstreamPublication", publication));
    for (String name : List.of("totals", "large")) {
      assertThat(
              service.data(
                  "mutation { unpublish(name: \"%s\") { downstreamPublication } }"
                      .formatted(shop.qualified(name)),
                  "unpublish"))
          .isEqualTo(new JsonObject().putNull("downstreamPublication"));
    }
    assertThat(
            shop.rows(
                "SELECT pubname FROM pg_publication WHERE pubname = '%s'".formatted(publication)))
        .isEmpty();
  }

  @Test
  void anotherQueryBringsItsRows() throws Exception {
    shop.createStreamTable("totals", TOTALS);
    String query =
        "SELECT region, max(amount)::bigint AS total FROM %s GROUP BY region"
            .formatted(shop.qualified("sales"));

    assertThat(
            service
                .data(
                    "mutation { alterStreamTable(input: { name: \"%s\", query: \"%s\" }) { originalQuery } }"
                        .formatted(shop.qualified("totals"), query),
                    "alterStreamTable")
                .getString("originalQuery"))
        .isEqualTo(query);
    shop.run("CALL freshet.refresh_stream_table('totals')");
    assertThat(shop.rows("SELECT * FROM totals ORDER BY region"))
        .containsExactly("EU | 10", "US | 7");
  }

  @Test
  void aSuspendedOneStaysAsItIsUntilItIsResumed() throws Exception {
    shop.createStreamTable("totals", TOTALS);

    assertThat(command("suspendStreamTable", "totals")).isEqualTo("SUSPENDED");
    shop.run("INSERT INTO sales VALUES (4, 'US', 1)");
    assertThat(command("resumeStreamTable", "totals")).isEqualTo("ACTIVE");
    shop.run("CALL freshet.refresh_stream_table('totals')");
    assertThat(shop.rows("SELECT * FROM totals ORDER BY region"))
        .containsExactly("EU | 15", "US | 8");
  }

  @Test
  void repairMakesTheContentWholeAgain() throws Exception {
    shop.createStreamTable("totals", TOTALS);
    shop.database()
        .admin()
        .run(
            "ALTER TABLE %s DISABLE TRIGGER freshet_guard".formatted(shop.qualified("totals")),
            "DELETE FROM %s WHERE region = 'EU'".formatted(shop.qualified("totals")),
            "ALTER TABLE %s ENABLE ALWAYS TRIGGER freshet_guard"
                .formatted(shop.qualified("totals")));

    command("repairStreamTable", "totals");

    assertThat(
            Eventually.see(
                () -> shop.rows("SELECT * FROM totals ORDER BY region"), rows -> rows.size() == 2))
        .containsExactly("EU | 15", "US | 7");
    assertThat(shop.rows("CALL freshet.verify_stream_table('totals')")).containsExactly("0 | 0");
  }

  @Test
  void aRefreshThatIsWaitedForShowsEveryCommitBefore() throws Exception {
    shop.createStreamTable("totals", TOTALS);
    shop.run("INSERT INTO sales VALUES (4, 'US', 1)");

    JsonObject answer =
        service.data(
            "mutation { refreshStreamTable(name: \"%s\", wait: true) { requestId streamTable { status totalRefreshes } } }"
                .formatted(shop.qualified("totals")),
            "refreshStreamTable");

    assertThat(answer)
        .isEqualTo(
            new JsonObject()
                .putNull("requestId")
                .put(
                    "streamTable",
                    new JsonObject().put("status", "ACTIVE").put("totalRefreshes", 2)));
    assertThat(shop.rows("SELECT * FROM totals ORDER BY region"))
        .containsExactly("EU | 15", "US | 8");
  }

  @Test
  void aRefreshThatIsNotWaitedForTakesPlace() throws Exception {
    shop.createStreamTable("totals", TOTALS);
    shop.run("INSERT INTO sales VALUES (4, 'US', 1)");

    JsonObject answer =
        service.data(
            "mutation { refreshStreamTable(name: \"%s\") { requestId streamTable { name } } }"
                .formatted(shop.qualified("totals")),
            "refreshStreamTable");

    assertThat(answer.getLong("requestId")).isPositive();
    assertThat(answer.getJsonObject("streamTable").getString("name"))
        .isEqualTo(shop.qualified("totals"));
    assertThat(
            Eventually.see(
                () -> shop.rows("SELECT total FROM totals WHERE region = 'US'"),
                rows -> !rows.equals(List.of("7"))))
        .containsExactly("8");
  }

  @Test
  void whatIsReadByOthersIsDroppedWithThemOnly() throws Exception {
    shop.createStreamTable("totals", TOTALS);
    shop.createStreamTable("large", "SELECT region FROM totals WHERE total > 10");
    String drop = "mutation { dropStreamTable(name: \"%s\"%s) }";

    JsonObject refused = service.error(drop.formatted(shop.qualified("totals"), ""));
    JsonObject dropped = service.ask(drop.formatted(shop.qualified("totals"), ", cascade: true"));

    assertThat(refused.getString("code")).isEqualTo("2BP01");
    assertThat(refused.getString("detail")).isEqualTo("stream table " + shop.qualified("large"));
    assertThat(refused.getString("hint")).contains("cascade => true");
    assertThat(dropped).isEqualTo(new JsonObject("{\"data\": {\"dropStreamTable\": true}}"));
    assertThat(shop.rows("SELECT to_regclass('totals'), to_regclass('large')"))
        .containsExactly("null | null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: \"%s.t\" query: \"SELECT nothing FROM %s.sales\" | 42703",
        "name: \"%s.t\" query: \"SELECT FROM WHERE\" | 42601",
        "name: \"%s.t\" query: \"SELECT 1 FROM %s.nothing\" | 42P01"
      })
  void aQueryThatIsWrongIsRefusedWithThePlace(String input, String code) throws Exception {
    JsonObject error = create(input);

    assertThat(error.getString("code")).isEqualTo(code);
    assertThat(Integer.parseInt(error.getString("position"))).isPositive();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: \"%s.t\" query: \"SELECT 1 AS a\" schedule: \"soon\" | 22023",
        "name: \"%s.t\" query: \"SELECT 1 AS a\" tier: \"lukewarm\" | 22023",
        "name: \"%s.t\" query: \"SELECT 1 AS a\" cdcMode: \"wal\" | 0A000",
        "name: \"%s.sales\" query: \"SELECT 1 AS a\" | 42P07"
      })
  void whatIsRefusedSaysWhyAndWhatToDo(String input, String code) throws Exception {
    JsonObject error = create(input);

    assertThat(error.getString("code")).isEqualTo(code);
    assertThat(error.getString("message")).isNotBlank();
    assertThat(error.getString("hint")).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({
    "suspendStreamTable",
    "resumeStreamTable",
    "repairStreamTable",
    "refreshStreamTable",
    "dropStreamTable",
    "setSla",
    "alterStreamTable"
  })
  void commandsOnNothingAreRefused(String mutation) throws Exception {
    String name = shop.qualified("nothing");
    String arguments =
        mutation.startsWith("alter") ? "input: { name: \"%s\", tier: \"hot\" }" : "name: \"%s\"";
    String selection =
        switch (mutation) {
          case "dropStreamTable" -> "";
          case "refreshStreamTable" -> "{ requestId }";
          default -> "{ name }";
        };

    JsonObject error =
        service.error(
            "mutation { %s(%s) %s }".formatted(mutation, arguments.formatted(name), selection));

    assertThat(error.getString("message"))
        .isEqualTo("stream table %s does not exist".formatted(name));
    assertThat(error.getString("code")).isEqualTo("42P01");
    assertThat(error.getString("hint")).isNotBlank();
  }

  @Test
  void anErrorThatIsWaitedForIsTold() throws Exception {
    shop.createStreamTable("shares", "SELECT id, 100 / amount AS share FROM sales");
    shop.run("INSERT INTO sales VALUES (4, 'US', 0)");

    JsonObject error =
        service.error(
            "mutation { refreshStreamTable(name: \"%s\", wait: true) { requestId } }"
                .formatted(shop.qualified("shares")));

    assertThat(error.getString("code")).isEqualTo("22012");
    assertThat(error.getString("message")).contains("division by zero");
    assertThat(error.getString("hint")).isNotBlank();
  }

  private JsonObject create(String input) throws InterruptedException {
    return service.error(
        "mutation { createStreamTable(input: { %s }) { name } }"
            .formatted(input.replace("%s", shop.name())));
  }

  private String command(String mutation, String table) throws InterruptedException {
    return service
        .data(
            "mutation { %s(name: \"%s\") { status } }".formatted(mutation, shop.qualified(table)),
            mutation)
        .getString("status");
  }
}
