package dev.freshet.catalog.surface;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.testing.InstalledDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * PostgreSQL reserves memory for the rows that it expects, and clears it: what is expected to
 * return millions takes a second to return three.
 */
class EstimatesTest {

  private static final Pattern ROWS = Pattern.compile("rows=(\\d+)");
  private static final long ROWS_MAX = 100_000;

  @ParameterizedTest
  @CsvSource({
    "'freshet.lineage(oid, oid)', 'lineage\\.view|lineage\\.role', 1::oid",
    "freshet.types_within(oid[]), '\\btypes\\b', ARRAY[1]::oid[]"
  })
  void whatWalksAlongTheCatalogsIsNotExpectedToFindMillions(
      String function, String parameter, String value) throws SQLException {
    InstalledDatabase database = InstalledDatabase.create();
    String body =
        database
            .service()
            .value("SELECT prosrc FROM pg_proc WHERE oid = '%s'::regprocedure".formatted(function))
            .replaceAll(parameter, Matcher.quoteReplacement(value));
    long expected = 0;
    try (Connection session = database.service().connect();
        var statement = session.createStatement();
        ResultSet plan = statement.executeQuery("EXPLAIN " + body)) {
      while (plan.next()) {
        Matcher rows = ROWS.matcher(plan.getString(1));
        while (rows.find()) {
          expected = Math.max(expected, Long.parseLong(rows.group(1)));
        }
      }
    }
    assertThat(expected).isBetween(1L, ROWS_MAX);
  }
}
