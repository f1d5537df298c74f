package dev.freshet.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.testing.InstalledDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Types every SQL block along, page by page, each in a database of its own with a service at work.
 *
 * <p>A block without a language right after one of SQL is the output of its last query, as psql
 * shows it.
 */
@Timeout(300)
class DocsTest {

  static List<String> pages() throws IOException {
    return Page.all();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void whatThePageShowsIsWhatHappens(String name) throws Exception {
    Page page = Page.read(name);
    List<Page.Block> blocks = page.blocks();
    if (blocks.stream().noneMatch(block -> block.language().equals("sql"))) {
      return;
    }
    InstalledDatabase database = InstalledDatabase.create();
    // To publish stream tables.
    database
        .admin()
        .run(
            "GRANT CREATE ON DATABASE %s TO %s"
                .formatted(database.admin().name(), database.user().user()));
    try (RunningService _ = new RunningService(database.serviceUrl());
        Connection connection = database.user().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET search_path = shop");
      for (int i = 0; i < blocks.size(); i++) {
        Page.Block block = blocks.get(i);
        if (block.language().equals("sql")) {
          List<List<String>> output = run(statement, name, block);
          if (i + 1 < blocks.size() && isOutput(page, block, blocks.get(i + 1))) {
            assertThat(output)
                .as("%s, line %d", name, block.line())
                .isEqualTo(cells(blocks.get(i + 1)));
          }
        }
      }
    }
  }

  private static boolean isOutput(Page page, Page.Block block, Page.Block next) {
    return next.language().isEmpty() && page.isAdjacent(block, next);
  }

  private static List<List<String>> run(Statement statement, String page, Page.Block block)
      throws SQLException {
    List<List<String>> output = List.of();
    for (String sql : Statements.of(block.text())) {
      try {
        if (statement.execute(sql)) {
          try (ResultSet rows = statement.getResultSet()) {
            output = cells(rows);
          }
        }
      } catch (SQLException failed) {
        throw new AssertionError("%s, line %d: %s".formatted(page, block.line(), sql), failed);
      }
    }
    return output;
  }

  private static List<List<String>> cells(ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    List<List<String>> cells = new ArrayList<>();
    List<String> head = new ArrayList<>();
    for (int column = 1; column <= columns.getColumnCount(); column++) {
      head.add(columns.getColumnLabel(column));
    }
    cells.add(head);
    while (rows.next()) {
      List<String> row = new ArrayList<>();
      for (int column = 1; column <= columns.getColumnCount(); column++) {
        String value = rows.getString(column);
        row.add(value == null ? "" : value);
      }
      cells.add(row);
    }
    return cells;
  }

  private static List<List<String>> cells(Page.Block shown) {
    return shown.lines().stream()
        .filter(line -> !line.startsWith("--") && !line.startsWith("(") && !line.isBlank())
        .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
        .toList();
  }
}
