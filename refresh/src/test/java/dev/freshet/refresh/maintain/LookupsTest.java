package dev.freshet.refresh.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The indexes that would make a delta cheap are named, and only those that are not there. */
class LookupsTest {

  private static final String MISSING =
      """
      SELECT coalesce(string_agg(source || ' (' || columns || '): ' || reason, chr(10) ORDER BY source::text, columns), 'none')
      FROM freshet.missing_indexes_of('%s')\
      """;

  private static EngineDatabase database;

  @BeforeAll
  static void start() throws SQLException {
    database = new EngineDatabase();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void bothSidesOfAJoin() throws SQLException {
    assertThat(missing("SELECT o.id, c.name FROM o JOIN c ON c.id = o.customer"))
        .isEqualTo("o (customer): a changed row looks up its partners there");
  }

  @Test
  void ofViewsAndOfSeveralColumns() throws SQLException {
    assertThat(
            missing(
                "SELECT 1 AS one FROM (SELECT customer AS c, day FROM o) x LEFT JOIN d ON d.customer = x.c AND d.day = x.day"))
        .isEqualTo(
            """
            d (customer, day): a changed row looks up its partners there
            o (customer, day): a changed row looks up its partners there\
            """);
  }

  @Test
  void groupsThatAreReadAgain() throws SQLException {
    assertThat(
            missing("SELECT day, string_agg(id::text, ',' ORDER BY id) AS s FROM o GROUP BY day"))
        .isEqualTo("o (day): a changed group is read again from there");
    assertThat(missing("SELECT day, max(id) AS m FROM o GROUP BY day"))
        .isEqualTo(
            "o (day): a group that loses its least or greatest value is read again from there");
    assertThat(missing("SELECT day, count(*) AS n FROM o GROUP BY day")).isEqualTo("none");
  }

  @Test
  void partitionsAndSubqueries() throws SQLException {
    assertThat(
            missing(
                "SELECT id, rank() OVER (PARTITION BY customer ORDER BY id) AS r FROM o WHERE EXISTS (SELECT FROM d WHERE d.customer = o.customer)"))
        .isEqualTo(
            "o (customer): a changed partition is read again from there; a changed row looks up its partners there");
  }

  @Test
  void theTime() throws SQLException {
    assertThat(missing("SELECT id FROM o WHERE placed > now() - interval '1 hour'"))
        .isEqualTo("o (placed): the rows that the time has reached are looked up there");
  }

  @Test
  void anIndexThatIsThereIsNotAskedFor() throws SQLException {
    assertThat(missing("SELECT o.id FROM o JOIN c ON c.id = o.id JOIN o p ON p.id = o.id"))
        .isEqualTo("none");
  }

  private static String missing(String query) throws SQLException {
    try (EngineDatabase.UserSession user = database.user()) {
      user.run(
          "CREATE TABLE c (id int PRIMARY KEY, name text)",
          "CREATE TABLE d (customer int, day date)",
          "CREATE TABLE o (id int PRIMARY KEY, customer int, day date, placed timestamptz)");
      JsonNode report =
          new ObjectMapper().readTree(MaintainedQuery.create(database, user, "st", query).report());
      return user.value(MISSING.formatted(report.get("lookups")));
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException(broken);
    }
  }
}
