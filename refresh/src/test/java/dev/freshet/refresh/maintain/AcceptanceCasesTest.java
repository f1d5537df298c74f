package dev.freshet.refresh.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The sample acceptance cases: after creation and after every step the stream table equals its
 * query.
 */
class AcceptanceCasesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static EngineDatabase database;

  @BeforeAll
  static void start() throws SQLException {
    database = new EngineDatabase();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  record Case(String id, JsonNode json) {
    @Override
    public String toString() {
      return id;
    }

    List<String> texts(String field) {
      List<String> texts = new ArrayList<>();
      json.path(field).forEach(text -> texts.add(text.asText()));
      return texts;
    }

    /** Steps of both lists, each some statements. */
    List<List<String>> steps() {
      List<List<String>> steps = new ArrayList<>();
      for (String field : List.of("dml_steps", "extra_dml_steps")) {
        for (JsonNode step : json.path(field)) {
          List<String> statements = new ArrayList<>();
          step.forEach(statement -> statements.add(statement.asText()));
          steps.add(statements);
        }
      }
      return steps;
    }
  }

  static Stream<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    AcceptanceCasesTest.class.getResourceAsStream("/cases/sample.jsonl")),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode json = JSON.readTree(line);
        cases.add(new Case(json.get("id").asText(), json));
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsItsQueryAfterEveryStep(Case sample) throws SQLException {
    try (EngineDatabase.UserSession user = database.user()) {
      for (String statement : sample.texts("setup")) {
        user.run(statement);
      }
      String name = sample.json().path("st_name").asText("st");
      MaintainedQuery maintained =
          MaintainedQuery.create(database, user, name, sample.json().get("query").asText());
      if (System.getenv("FRESHET_REPORT") != null) {
        System.out.println("MODE " + sample.id() + " " + maintained.plan.maintainability());
      }
      assertThat(maintained.verify()).as("after creation").isEqualTo("0 missing, 0 unexpected");
      int step = 0;
      for (List<String> statements : sample.steps()) {
        step++;
        for (String statement : statements) {
          user.run(statement);
        }
        String action = maintained.refresh();
        assertThat(maintained.verify())
            .as("after step %d, %s, of %s", step, action, statements)
            .isEqualTo("0 missing, 0 unexpected");
      }
    }
  }
}
