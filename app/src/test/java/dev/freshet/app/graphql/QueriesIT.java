package dev.freshet.app.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.app.testing.ServingProcess;
import dev.freshet.app.testing.SharedService;
import dev.freshet.app.testing.Shop;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SharedService.class)
class QueriesIT {

  private static final String TOTALS =
      "SELECT region, sum(amount) AS total FROM sales GROUP BY region";

  private final ServingProcess service;
  private final Shop shop;

  QueriesIT(ServingProcess service, Shop shop) {
    this.service = service;
    this.shop = shop;
  }

  @Test
  void aStreamTableIsShownAsItIs() throws Exception {
    shop.createStreamTable("totals", TOTALS);

    JsonObject shown =
        service.data(
            """
            { streamTable(name: "%s") {
                name pgtSchema pgtName owner originalQuery schedule refreshMode effectiveMode status suspendReason
                isPopulated refreshTier consecutiveErrors lastError lastErrorCode retryAt cdcMode cdcModes
                diamondConsistency appendOnly totalRefreshes successfulRefreshes failedRefreshes
                rowsInserted rowsUpdated rowsDeleted stale } }
            """
                .formatted(shop.qualified("totals")),
            "streamTable");

    assertThat(shown)
        .isEqualTo(
            new JsonObject()
                .put("name", shop.qualified("totals"))
                .put("pgtSchema", shop.name())
                .put("pgtName", "totals")
                .put("owner", shop.database().user().user())
                .put("originalQuery", TOTALS)
                .put("schedule", "1h")
                .put("refreshMode", "AUTO")
                .put("effectiveMode", "DIFFERENTIAL")
                .put("status", "ACTIVE")
                .putNull("suspendReason")
                .put("isPopulated", true)
                .put("refreshTier", "hot")
                .put("consecutiveErrors", 0)
                .putNull("lastError")
                .putNull("lastErrorCode")
                .putNull("retryAt")
                .put("cdcMode", "auto")
                .put("cdcModes", new JsonArray().add("trigger"))
                .put("diamondConsistency", "none")
                .put("appendOnly", false)
                .put("totalRefreshes", 1)
                .put("successfulRefreshes", 1)
                .put("failedRefreshes", 0)
                .put("rowsInserted", 2)
                .put("rowsUpdated", 0)
                .put("rowsDeleted", 0)
                .put("stale", false));
  }

  @ParameterizedTest
  @CsvSource({
    // What has another form here: a number, seconds, a sentence that begins with the code.
    "StreamTable, pg_stat_stream_tables, 'staleness_seconds pgt_relid_number mode_code full_reason'",
    "StreamTable, pgt_stream_tables, 'looked_at pgt_relid_number mode_code full_reason'",
    "Refresh, pgt_refresh_history, 'freshness_deadline'",
    "Dependency, pgt_dependencies, 'source_relid_number'",
    "Subscriber, pgt_subscribers, ''"
  })
  void everyColumnOfTheViewIsAField(String type, String view, String otherwise) throws Exception {
    List<String> columns =
        shop.rows(
            """
            SELECT attname FROM pg_attribute
             WHERE attrelid = 'freshet.%s'::regclass AND attnum > 0 AND attname <> ALL (string_to_array('%s', ' '))
            """
                .formatted(view, otherwise));

    Set<String> fields =
        service
            .data("{ __type(name: \"%s\") { fields { name } } }".formatted(type), "__type")
            .getJsonArray("fields")
            .stream()
            .map(field -> ((JsonObject) field).getString("name"))
            .collect(Collectors.toSet());

    assertThat(fields).containsAll(columns.stream().map(QueriesIT::camelCase).toList());
  }

  @Test
  void whatCannotBeWrittenAsAnIdentifierIsQuoted() throws Exception {
    shop.createStreamTable("\"Total 2024\"", TOTALS);

    assertThat(names("pgtSchema: \"%s\"".formatted(shop.name())))
        .containsExactly("%s.\"Total 2024\"".formatted(shop.name()));
    assertThat(
            service.data(
                "{ streamTable(name: \"%s.\\\"Total 2024\\\"\") { pgtName } }"
                    .formatted(shop.name()),
                "streamTable"))
        .isEqualTo(new JsonObject().put("pgtName", "Total 2024"));
  }

  @Test
  void anUnknownStreamTableIsNull() throws Exception {
    assertThat(service.ask("{ streamTable(name: \"nowhere.nothing\") { name } }"))
        .isEqualTo(new JsonObject("{\"data\": {\"streamTable\": null}}"));
  }

  @Test
  void listsAreFiltered() throws Exception {
    shop.createStreamTable("totals", TOTALS);
    shop.createStreamTable("drawn", "SELECT id, random() AS lot FROM sales");
    shop.createStreamTable("idle", "SELECT region FROM sales");
    shop.run("SELECT freshet.suspend_stream_table('idle')");
    String here = "pgtSchema: \"%s\"".formatted(shop.name());

    assertThat(names(here)).containsExactlyElementsOf(qualified("totals", "drawn", "idle"));
    assertThat(names(here + " status: SUSPENDED")).containsExactlyElementsOf(qualified("idle"));
    assertThat(names(here + " effectiveMode: FULL")).containsExactlyElementsOf(qualified("drawn"));
    assertThat(names(here + " effectiveMode: DIFFERENTIAL status: ACTIVE"))
        .containsExactlyElementsOf(qualified("totals"));
    assertThat(names(here + " nameContains: \"OTA\""))
        .containsExactlyElementsOf(qualified("totals"));
    assertThat(names(here + " nameContains: \"%\"")).isEmpty();
    assertThat(names(here + " stale: true")).isEmpty();
    assertThat(names("pgtSchema: \"nowhere\"")).isEmpty();
  }

  @Test
  void listsComeInPages() throws Exception {
    shop.createStreamTable("a", TOTALS);
    shop.createStreamTable("b", TOTALS);
    shop.createStreamTable("c", TOTALS);
    String page =
        """
        { streamTables(filter: {pgtSchema: "%s"}, first: 2, after: %s) {
            totalCount pageInfo { hasNextPage endCursor } edges { cursor node { pgtName } } } }
        """;

    JsonObject first = service.data(page.formatted(shop.name(), "null"), "streamTables");
    String cursor = first.getJsonObject("pageInfo").getString("endCursor");
    JsonObject second =
        service.data(page.formatted(shop.name(), '"' + cursor + '"'), "streamTables");

    assertThat(names(first, "pgtName")).containsExactly("a", "b");
    assertThat(first.getInteger("totalCount")).isEqualTo(3);
    assertThat(first.getJsonObject("pageInfo").getBoolean("hasNextPage")).isTrue();
    assertThat(first.getJsonArray("edges").getJsonObject(1).getString("cursor")).isEqualTo(cursor);
    assertThat(names(second, "pgtName")).containsExactly("c");
    assertThat(second.getInteger("totalCount")).isEqualTo(3);
    assertThat(second.getJsonObject("pageInfo").getBoolean("hasNextPage")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "streamTables(first: 0) | first must be from 1 to 1000, not 0",
        "streamTables(first: 1001) | first must be from 1 to 1000, not 1001",
        "streamTables(after: \"zzz\") | after is not a cursor of this list",
        "refreshHistory(first: -1) | first must be from 1 to 1000, not -1"
      })
  void aPageThatCannotBeIsRefused(String list, String message) throws Exception {
    JsonObject error = service.error("{ %s { edges { cursor } } }".formatted(list));

    assertThat(error.getString("message")).isEqualTo(message);
    assertThat(error.getString("code")).isEqualTo("22023");
    assertThat(error.getString("hint")).isNotBlank();
  }

  @Test
  void refreshesAreShownTheLatestFirst() throws Exception {
    shop.createStreamTable("totals", TOTALS);
    shop.run(
        "INSERT INTO sales VALUES (4, 'EU', 1), (5, 'SA', 2)",
        "CALL freshet.refresh_stream_table('totals')");
    String page =
        """
        { refreshHistory(name: "%s", first: 1, after: %s) { pageInfo { hasNextPage endCursor } edges { node {
            action status refreshReason initiatedBy rowsInserted rowsUpdated rowsDeleted deltaRowCount
            errorCode errorMessage } } } }
        """;

    JsonObject first =
        service.data(page.formatted(shop.qualified("totals"), "null"), "refreshHistory");
    JsonObject second =
        service.data(
            page.formatted(
                shop.qualified("totals"),
                '"' + first.getJsonObject("pageInfo").getString("endCursor") + '"'),
            "refreshHistory");

    assertThat(nodes(first))
        .containsExactly(
            refresh("DIFFERENTIAL", "manual", "MANUAL")
                .put("rowsInserted", 1)
                .put("rowsUpdated", 1)
                .put("deltaRowCount", 2));
    assertThat(first.getJsonObject("pageInfo").getBoolean("hasNextPage")).isTrue();
    assertThat(nodes(second))
        .containsExactly(
            refresh("REINITIALIZE", "initial", "INITIAL")
                .put("rowsInserted", 2)
                .put("rowsUpdated", 0)
                .put("deltaRowCount", 0));
    assertThat(second.getJsonObject("pageInfo").getBoolean("hasNextPage")).isFalse();
  }

  @Test
  void theHistoryOfNothingIsRefused() throws Exception {
    JsonObject error =
        service.error("{ refreshHistory(name: \"nowhere.nothing\") { edges { cursor } } }");

    assertThat(error.getString("message")).isEqualTo("stream table nowhere.nothing does not exist");
    assertThat(error.getString("code")).isEqualTo("42P01");
    assertThat(error.getString("hint")).isNotBlank();
  }

  @Test
  void dependenciesAreTheEdgesOfTheGraph() throws Exception {
    shop.createStreamTable("totals", TOTALS);
    shop.createStreamTable("large", "SELECT region FROM totals WHERE total > 10");

    JsonArray edges =
        service
            .ask("{ dependencies { sourceName sourceType columnsUsed cdcMode } }")
            .getJsonObject("data")
            .getJsonArray("dependencies");

    assertThat(
            edges.stream()
                .map(JsonObject.class::cast)
                .filter(edge -> edge.getString("sourceName").startsWith(shop.name()))
                .toList())
        .containsExactly(
            edge(shop.qualified("sales"), "TABLE", 2, 3),
            edge(shop.qualified("totals"), "STREAM_TABLE", 1, 2));
  }

  @Test
  void subscribersAreTheSlotsThatFollow() throws Exception {
    shop.createStreamTable("totals", TOTALS);
    shop.database()
        .admin()
        .run(
            "GRANT CREATE ON DATABASE %s TO %s"
                .formatted(shop.database().admin().name(), shop.database().user().user()));
    shop.run("SELECT freshet.stream_table_to_publication('totals')");
    String slot = "slot_" + shop.name();
    shop.database()
        .admin()
        .run("SELECT pg_create_logical_replication_slot('%s', 'pgoutput')".formatted(slot));

    JsonArray subscribers =
        service
            .ask("{ subscribers { slotName publications active walStatus inactiveSince risk } }")
            .getJsonObject("data")
            .getJsonArray("subscribers");
    shop.database().admin().run("SELECT pg_drop_replication_slot('%s')".formatted(slot));

    JsonObject found =
        subscribers.stream()
            .map(JsonObject.class::cast)
            .filter(subscriber -> subscriber.getString("slotName").equals(slot))
            .findFirst()
            .orElseThrow();
    assertThat(found.getValue("publications")).isNull();
    assertThat(found.getBoolean("active")).isFalse();
    assertThat(found.getString("walStatus")).isEqualTo("reserved");
    assertThat(found.getString("risk")).isEqualTo("NONE");
  }

  private static JsonObject edge(String source, String type, Integer... columns) {
    return new JsonObject()
        .put("sourceName", source)
        .put("sourceType", type)
        .put("columnsUsed", new JsonArray(List.of(columns)))
        .put("cdcMode", "trigger");
  }

  private static JsonObject refresh(String action, String reason, String initiator) {
    return new JsonObject()
        .put("action", action)
        .put("status", "COMPLETED")
        .put("refreshReason", reason)
        .put("initiatedBy", initiator)
        .put("rowsDeleted", 0)
        .putNull("errorCode")
        .putNull("errorMessage");
  }

  private List<String> names(String filter) throws InterruptedException {
    return names(
        service.data(
            "{ streamTables(filter: {%s}) { edges { node { name } } } }".formatted(filter),
            "streamTables"),
        "name");
  }

  private static List<String> names(JsonObject connection, String field) {
    return nodes(connection).stream().map(node -> node.getString(field)).toList();
  }

  private static List<JsonObject> nodes(JsonObject connection) {
    return connection.getJsonArray("edges").stream()
        .map(edge -> ((JsonObject) edge).getJsonObject("node"))
        .toList();
  }

  private List<String> qualified(String... names) throws SQLException {
    return Arrays.stream(names).map(shop::qualified).toList();
  }

  private static String camelCase(String column) {
    String[] words = column.split("_");
    return words[0]
        + Arrays.stream(words)
            .skip(1)
            .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
            .collect(Collectors.joining());
  }
}
