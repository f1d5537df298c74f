package dev.freshet.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.testing.InstalledDatabase;
import dev.freshet.catalog.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SqlReferenceTest {

  private static final String PAGE = "docs/sql-reference.md";
  private static final Pattern SIGNATURE = Pattern.compile("(\\w+)\\(([^)]*)\\)");
  private static final String SAME = "…";

  /** Everything that anybody may call, its inputs and the columns of what it returns. */
  private static final String CALLABLE =
      """
      SELECT p.proname, coalesce(p.proargnames[1:p.pronargs], '{}') AS inputs,
             ARRAY(SELECT a.name FROM unnest(p.proargnames, p.proargmodes) AS a (name, mode) WHERE a.mode = 't') AS columns
        FROM pg_proc AS p
       WHERE p.pronamespace = 'freshet'::regnamespace AND p.prokind IN ('f', 'p')
         AND has_function_privilege(current_user, p.oid, 'EXECUTE')\
      """;

  private static final String VIEWS =
      """
      SELECT c.relname, ARRAY(SELECT a.attname::text FROM pg_attribute AS a
                               WHERE a.attrelid = c.oid AND a.attnum > 0 ORDER BY a.attnum) AS columns
        FROM pg_class AS c
       WHERE c.relnamespace = 'freshet'::regnamespace AND c.relkind = 'v'
         AND has_table_privilege(current_user, c.oid, 'SELECT')\
      """;

  /** What our own functions and views call, triggers excepted. */
  private static final String CALLS =
      """
      SELECT p.proname, pg_get_functiondef(p.oid) AS text FROM pg_proc AS p
       WHERE p.pronamespace = 'freshet'::regnamespace AND p.prokind IN ('f', 'p')
      UNION ALL
      SELECT c.relname, pg_get_viewdef(c.oid) FROM pg_class AS c
       WHERE c.relnamespace = 'freshet'::regnamespace AND c.relkind = 'v'\
      """;

  private static final Pattern CALL = Pattern.compile("freshet\\.(\\w+)\\(");

  private static TestDatabase anybody;
  private static TestDatabase admin;

  @BeforeAll
  static void install() throws SQLException {
    InstalledDatabase database = InstalledDatabase.create();
    anybody = database.user();
    admin = database.admin();
  }

  @Test
  void functionsHaveTheParametersListed() throws Exception {
    Map<String, List<String>> actual = new HashMap<>();
    query(anybody, CALLABLE, row -> actual.put(row.getString(1), texts(row.getArray(2))));

    Map<String, List<String>> listed = listedFunctions();
    actual.keySet().retainAll(listed.keySet());

    assertThat(actual).isEqualTo(listed);
  }

  @Test
  void whatReturnsRowsHasTheColumnsListed() throws Exception {
    Map<String, List<String>> listed = new HashMap<>();
    for (Page.Row row : Page.read(PAGE).rowsUnder("## Columns")) {
      listed.put(row.codes(0).getFirst().replace("()", "").replace("(name)", ""), row.codes(1));
    }
    Map<String, List<String>> actual = new HashMap<>();
    query(
        anybody,
        CALLABLE,
        row -> {
          List<String> columns = texts(row.getArray(3));
          if (!columns.isEmpty()) {
            actual.put(row.getString(1), columns);
          }
        });
    query(anybody, VIEWS, row -> actual.put(row.getString(1), texts(row.getArray(2))));
    Set<String> documented = new HashSet<>(listedFunctions().keySet());
    documented.addAll(listed.keySet());
    actual.keySet().retainAll(documented);

    assertThat(actual).isEqualTo(listed);
  }

  @Test
  void functionsThatAreNotListedAreCalledByOurs() throws Exception {
    Set<String> left = new TreeSet<>();
    query(anybody, CALLABLE, row -> left.add(row.getString(1)));
    left.removeAll(listedFunctions().keySet());
    query(
        admin,
        CALLS,
        row -> {
          Set<String> called = calledIn(row.getString(2));
          called.remove(row.getString(1));
          left.removeAll(called);
        });
    for (Path source : serviceSources()) {
      left.removeAll(calledIn(Files.readString(source)));
    }

    assertThat(left)
        .as("callable by anybody, called by none of ours, and not in " + PAGE)
        .isEmpty();
  }

  private static Set<String> calledIn(String text) {
    Set<String> called = new HashSet<>();
    for (MatchResult call : CALL.matcher(text).results().toList()) {
      called.add(call.group(1));
    }
    return called;
  }

  private static List<Path> serviceSources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String module : List.of("catalog", "scheduler", "refresh", "publication", "app")) {
      try (Stream<Path> files = Files.walk(Page.root().resolve(module).resolve("src/main"))) {
        files
            .filter(file -> !file.toString().contains("db/migration"))
            .filter(file -> file.toString().matches(".*\\.(java|sql)"))
            .forEach(sources::add);
      }
    }
    return sources;
  }

  /**
   * Signatures in the first cells of the page's tables; an ellipsis means those of the line above.
   */
  private static Map<String, List<String>> listedFunctions() throws IOException {
    Map<String, List<String>> listed = new LinkedHashMap<>();
    List<String> previous = List.of();
    for (Page.Row row : Page.read(PAGE).rowsUnder("# Commands, views and values")) {
      for (String code : row.codes(0)) {
        Matcher signature = SIGNATURE.matcher(code);
        if (signature.matches()) {
          String parameters = signature.group(2);
          if (!parameters.equals(SAME)) {
            previous = parameters.isBlank() ? List.of() : List.of(parameters.split(", "));
          }
          listed.put(signature.group(1), previous);
        }
      }
    }
    return listed;
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }

  private static void query(TestDatabase database, String sql, RowReader reader)
      throws SQLException {
    try (Connection connection = database.connect();
        var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        reader.read(rows);
      }
    }
  }

  /** Takes in the row that stands. */
  @FunctionalInterface
  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }
}
