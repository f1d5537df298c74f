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
 * query, by deltas alone but for a TRUNCATE.
 */
class AcceptanceCasesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String EQUAL = "0 missing, 0 unexpected";
  private static final String TABLES =
      """
      SELECT coalesce(string_agg(quote_ident(relname), chr(10)), '') FROM pg_class
      WHERE relnamespace = '%s'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition\
      """;

  /** A chain is refreshed after so many. */
  private static final int STATEMENTS_TOGETHER = 6;

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

    String streamTable() {
      return json.path("st_name").asText("st");
    }

    String query() {
      return json.get("query").asText();
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
      setUp(sample, user);
      MaintainedQuery maintained =
          MaintainedQuery.create(database, user, sample.streamTable(), sample.query());
      assertThat(maintained.verify()).as("after creation").isEqualTo(EQUAL);
      assertThat(maintained.isDifferential()).as(maintained.report()).isTrue();
      int step = 0;
      for (List<String> statements : sample.steps()) {
        step++;
        change(statements, user);
        compare(maintained, "step %d, %s".formatted(step, statements), isTruncated(statements));
      }
    }
  }

  /** Copies of the sources, the query over these, and a copy of its result: each a stream table. */
  @ParameterizedTest
  @MethodSource("cases")
  void equalsItsQueryInTheMiddleOfAChain(Case sample) throws SQLException {
    try (EngineDatabase.UserSession user = database.user()) {
      setUp(sample, user);
      String sources = user.value("SELECT current_schema");
      String chain = sources + "_chain";
      user.run(
          "CREATE SCHEMA " + chain, "SET search_path = %s, %s, public".formatted(chain, sources));
      List<MaintainedQuery> links = new ArrayList<>();
      for (String table : user.value(TABLES.formatted(sources)).lines().toList()) {
        if (!sample.query().contains(table)) {
          continue;
        }
        links.add(
            MaintainedQuery.create(
                database, user, table, "SELECT * FROM %s.%s".formatted(sources, table)));
      }
      String name = sample.streamTable();
      links.add(MaintainedQuery.create(database, user, name, sample.query()));
      links.add(MaintainedQuery.create(database, user, name + "_again", "SELECT * FROM " + name));
      user.run("SET search_path = %s, public".formatted(sources));
      List<String> together = new ArrayList<>();
      for (List<String> statements : sample.steps()) {
        change(statements, user);
        together.addAll(statements);
        if (together.size() >= STATEMENTS_TOGETHER) {
          for (MaintainedQuery link : links) {
            compare(link, together.toString(), isTruncated(together));
          }
          together.clear();
        }
      }
      links.forEach(link -> compare(link, together.toString(), isTruncated(together)));
    }
  }

  private static void setUp(Case sample, EngineDatabase.UserSession user) throws SQLException {
    for (String statement : sample.texts("setup")) {
      user.run(statement);
    }
  }

  private static void change(List<String> statements, EngineDatabase.UserSession user)
      throws SQLException {
    for (String statement : statements) {
      user.run(statement);
    }
  }

  private static boolean isTruncated(List<String> statements) {
    return statements.stream().anyMatch(statement -> statement.contains("TRUNCATE"));
  }

  private static void compare(MaintainedQuery maintained, String step, boolean truncated) {
    String action = maintained.refresh();
    assertThat(maintained.verify()).as("after %s: %s", step, action).isEqualTo(EQUAL);
    assertThat(action)
        .as("after %s", step)
        .isIn(
            truncated
                ? List.of("FULL", "DIFFERENTIAL", "NO_DATA")
                : List.of("DIFFERENTIAL", "NO_DATA"));
  }
}
