package dev.freshet.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.database.DatabaseUrl;
import dev.freshet.catalog.surface.SchemaInstaller;
import dev.freshet.catalog.testing.PostgresServer;
import dev.freshet.catalog.testing.TestDatabase;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchTest {

  private static final long FEW_ROWS = 2000;

  @Test
  void scenariosReportTheirFindingsAndLeaveNothing() throws Exception {
    TestDatabase database = PostgresServer.createDatabase();
    List<String> lines = new ArrayList<>();

    String json = run(database, FEW_ROWS, lines, "join-aggregate", "steady", "parallel");

    JsonNode findings = new ObjectMapper().readTree(json).get("findings");
    assertThat(findings.findValuesAsText("setting"))
        .containsExactly(
            "0.01 % changed",
            "0.01 % changed",
            "0.1 % changed",
            "0.1 % changed",
            "1 % changed",
            "1 % changed",
            "10 % changed",
            "10 % changed",
            "one row, filter",
            "one row, aggregate-5",
            "one row, join-aggregate",
            "5 stream tables",
            "4 independent",
            "4 independent",
            "4 independent",
            "8 in diamonds",
            "8 in diamonds",
            "8 in diamonds",
            "dispatch of one of 4",
            "chain of 3, one row",
            "5 idle",
            "5 idle");
    assertThat(lines).hasSize(1 + findings.size());
    assertThat(database.value("SELECT to_regnamespace('freshet_bench')")).isEqualTo("null");
    assertThat(database.value("SELECT count(*) FROM freshet.pgt_stream_tables")).isEqualTo("0");
  }

  @Test
  void whatIsSentIsCountedAndTimed() throws Exception {
    TestDatabase database = PostgresServer.createDatabase();
    List<String> lines = new ArrayList<>();

    String json = run(database, FEW_ROWS, lines, "publish");

    JsonNode findings = new ObjectMapper().readTree(json).get("findings");
    assertThat(findings.findValuesAsText("setting"))
        .containsExactly(
            "1 % changed, events", "1 % changed, log", "schedule 1s", "schedule 100ms");
    // Of 2000 rows 20 are changed, and 2001 are sent by emptying and filling.
    assertThat(findings.get(0).get("figure").asDouble()).isBetween(90.0, 120.0);
    assertThat(database.value("SELECT count(*) FROM pg_publication")).isEqualTo("0");
    assertThat(
            database.value(
                "SELECT count(*) FROM pg_replication_slots WHERE slot_name = 'freshet_bench'"))
        .isEqualTo("0");
  }

  /** Which fails unless each is maintained by its delta, and right after every change. */
  @Test
  void theQueriesOfTpchStayExact() throws Exception {
    TestDatabase database = PostgresServer.createDatabase();
    List<String> lines = new ArrayList<>();

    String json = run(database, 10 * FEW_ROWS, lines, "tpch");

    JsonNode findings = new ObjectMapper().readTree(json).get("findings");
    assertThat(findings).hasSize(22 * 6);
    assertThat(database.value("SELECT to_regnamespace('freshet_bench')")).isEqualTo("null");
  }

  /** Which fails unless one twin is always refreshed by differences, and the other always whole. */
  @Test
  void policiesAreAskedAboutRefreshesTimedBothWays() throws Exception {
    TestDatabase database = PostgresServer.createDatabase();
    List<String> lines = new ArrayList<>();

    String json = run(database, FEW_ROWS, lines, "modes");

    JsonNode report = new ObjectMapper().readTree(json);
    JsonNode samples = report.get("modes");
    assertThat(samples).hasSize(24 * 4);
    for (JsonNode sample : samples) {
      assertThat(sample.get("changes").asLong()).isPositive();
      assertThat(sample.get("source_rows").asDouble()).isPositive();
    }
    assertThat(samples.findValuesAsText("work")).contains("LINEAR", "REREADING", "JOIN");
    JsonNode findings = report.get("findings");
    assertThat(findings).hasSize(8 * 8);
    assertThat(findings.findValues("ours").stream().map(ours -> ours.get("name").asText()))
        .containsSubsequence(
            "always DIFFERENTIAL",
            "always FULL",
            "threshold 5 %",
            "threshold 15 %",
            "threshold 50 %",
            "regression",
            "two-arm",
            "best in hindsight");
    assertThat(database.value("SELECT to_regnamespace('freshet_bench')")).isEqualTo("null");
    assertThat(database.value("SELECT count(*) FROM freshet.pgt_stream_tables")).isEqualTo("0");
  }

  private static String run(
      TestDatabase database, long rows, List<String> lines, String... scenarios) {
    DatabaseUrl url = new DatabaseUrl(database.url());
    new SchemaInstaller(url).install();
    Vertx vertx = Vertx.vertx();
    try {
      return new Bench(new Database(vertx, url), rows, lines::add).run(List.of(scenarios));
    } finally {
      vertx.close();
    }
  }
}
