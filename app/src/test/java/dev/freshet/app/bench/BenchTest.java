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
    DatabaseUrl url = new DatabaseUrl(database.url());
    new SchemaInstaller(url).install();
    List<String> lines = new ArrayList<>();
    Vertx vertx = Vertx.vertx();

    String json;
    try {
      json =
          new Bench(new Database(vertx, url), FEW_ROWS, lines::add)
              .run(List.of("join-aggregate", "steady"));
    } finally {
      vertx.close();
    }

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
            "5 stream tables");
    assertThat(lines).hasSize(1 + findings.size());
    assertThat(database.value("SELECT to_regnamespace('freshet_bench')")).isEqualTo("null");
    assertThat(database.value("SELECT count(*) FROM freshet.pgt_stream_tables")).isEqualTo("0");
  }
}
