package dev.freshet.catalog.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A database of its own for a test. */
public record TestDatabase(String host, int port, String name, String user) {

  /** Its address as users write it. */
  public String url() {
    return "postgresql://%s@%s:%d/%s".formatted(user, host, port, name);
  }

  /** Its address for JDBC. */
  public String jdbcUrl() {
    return "jdbc:postgresql://%s:%d/%s?user=%s".formatted(host, port, name, user);
  }

  /** The same database as another role, which the server trusts. */
  public TestDatabase as(String role) {
    return new TestDatabase(host, port, name, role);
  }

  /** Opens a JDBC connection, for a test that acts as a user. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl());
  }

  /** Runs statements in a session of their own. */
  public void run(String... statements) throws SQLException {
    try (Connection connection = connect();
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The first column of the first row. */
  public String value(String query) throws SQLException {
    try (Connection connection = connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      if (!rows.next()) {
        throw new IllegalStateException("no row: " + query);
      }
      return String.valueOf(rows.getString(1));
    }
  }
}
