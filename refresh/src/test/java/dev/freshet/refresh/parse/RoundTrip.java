package dev.freshet.refresh.parse;

import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.SqlRenderer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks PostgreSQL whether the text that is printed from a tree means what the text meant that the
 * tree was read from: both, made into views, must have the same canonical text.
 */
final class RoundTrip {
  private final Connection connection;
  private final SqlParser parser;

  RoundTrip(Connection connection, SqlParser parser) throws SQLException {
    this.connection = connection;
    this.parser = parser;
    execute("SET search_path = ''");
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** What went wrong with a query as a user writes it; nothing if all went well. */
  Optional<String> ofQuery(String sql) throws SQLException {
    execute("CREATE VIEW public.original" + columns(sql) + " AS " + sql);
    try {
      return ofView("public.original");
    } finally {
      execute("DROP VIEW public.original");
    }
  }

  /** What went wrong with the definition of an existing view. */
  Optional<String> ofView(String name) throws SQLException {
    String canonical = definition(name);
    Query tree = parser.parse(canonical);
    String printed = SqlRenderer.render(tree);
    if (!parser.parse(printed).equals(tree)) {
      return Optional.of("another tree after printing\n" + canonical + "\n" + printed);
    }
    String returned = throughView(printed);
    // PostgreSQL itself does not always come back to its own text.
    if (returned.equals(canonical) || returned.equals(throughView(canonical))) {
      return Optional.empty();
    }
    return Optional.of(canonical + "\n--- printed\n" + printed + "\n--- returned\n" + returned);
  }

  private String throughView(String sql) throws SQLException {
    try {
      execute("CREATE VIEW public.printed AS " + sql);
    } catch (SQLException refused) {
      return "refused: " + refused.getMessage() + "\n" + sql;
    }
    try {
      return definition("public.printed");
    } finally {
      execute("DROP VIEW public.printed");
    }
  }

  private String definition(String view) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_get_viewdef('" + view + "'::regclass)")) {
      row.next();
      return row.getString(1).replaceFirst(";$", "");
    }
  }

  /** Views need names that differ; queries do not. */
  private String columns(String sql) throws SQLException {
    try (var prepared = connection.prepareStatement(sql.replace("?", "??"))) {
      ResultSetMetaData metadata = prepared.getMetaData();
      List<String> names = new ArrayList<>();
      for (int i = 1; i <= metadata.getColumnCount(); i++) {
        String name = metadata.getColumnName(i);
        names.add(
            '"' + (names.contains('"' + name + '"') ? name + i : name).replace("\"", "\"\"") + '"');
      }
      return names.isEmpty() ? "" : "(" + String.join(", ", names) + ")";
    }
  }
}
