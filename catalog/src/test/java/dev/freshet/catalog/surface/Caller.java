package dev.freshet.catalog.surface;

import dev.freshet.catalog.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.util.PSQLException;

/** A role at a prompt, with {@code search_path = shop}. */
record Caller(TestDatabase database) {

  /**
   * Runs the statements one by one in a session; each is its own transaction unless one says BEGIN.
   */
  void run(String... statements) throws SQLException {
    try (Connection session = connect()) {
      for (String sql : statements) {
        session.createStatement().execute(sql);
      }
    }
  }

  /** The result as text: rows by line, columns by " | ". */
  String rows(String query) throws SQLException {
    try (Connection session = connect();
        var statement = session.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      return text(result);
    }
  }

  /** The error that the last of the statements meets. */
  Refusal refused(String... statements) throws SQLException {
    try (Connection session = connect()) {
      for (int i = 0; i < statements.length - 1; i++) {
        session.createStatement().execute(statements[i]);
      }
      session.createStatement().execute(statements[statements.length - 1]);
    } catch (PSQLException error) {
      return Refusal.of(error);
    }
    throw new AssertionError("was not refused: " + statements[statements.length - 1]);
  }

  Connection connect() throws SQLException {
    Connection session = database.connect();
    session.createStatement().execute("SET search_path = shop");
    return session;
  }

  static String text(ResultSet result) throws SQLException {
    ResultSetMetaData columns = result.getMetaData();
    List<String> lines = new ArrayList<>();
    while (result.next()) {
      List<String> values = new ArrayList<>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        values.add(String.valueOf(result.getString(i)));
      }
      lines.add(String.join(" | ", values));
    }
    return String.join("\n", lines);
  }
}
