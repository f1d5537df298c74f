package dev.freshet.app.testing;

import dev.freshet.catalog.testing.InstalledDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * A schema of its own in a served database, with a table of sales.
 *
 * @param name of the schema, which the user owns
 */
public record Shop(InstalledDatabase database, String name) {

  static Shop openIn(InstalledDatabase database) throws SQLException {
    Shop shop = new Shop(database, "shop_" + UUID.randomUUID().toString().substring(0, 8));
    database
        .admin()
        .run(
            "CREATE SCHEMA %s AUTHORIZATION %s".formatted(shop.name, database.user().user()),
            "GRANT USAGE, CREATE ON SCHEMA %s TO %s"
                .formatted(shop.name, database.service().user()));
    shop.run(
        "CREATE TABLE sales (id int PRIMARY KEY, region text NOT NULL, amount int NOT NULL)",
        "INSERT INTO sales VALUES (1, 'EU', 10), (2, 'EU', 5), (3, 'US', 7)");
    return shop;
  }

  /** A name in this shop, for where no search path helps. */
  public String qualified(String relation) {
    return name + "." + relation;
  }

  /** Runs statements as the user, each a transaction of its own. */
  public void run(String... statements) throws SQLException {
    try (Connection session = connect();
        var statement = session.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Creates a stream table that is refreshed only when asked, and waits until it is filled. */
  public void createStreamTable(String table, String query) throws SQLException {
    run(
        "SELECT freshet.create_stream_table('%s', $$%s$$, schedule => '1h')"
            .formatted(table, query),
        "CALL freshet.wait_for_stream_table('%s')".formatted(table));
  }

  /** The result as lines, columns by " | ". */
  public List<String> rows(String query) throws SQLException {
    try (Connection session = connect();
        var statement = session.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return Rows.of(rows);
    }
  }

  private Connection connect() throws SQLException {
    Connection session = database.user().connect();
    try (var statement = session.createStatement()) {
      statement.execute("SET search_path = " + name);
    }
    return session;
  }
}
