package dev.freshet.refresh.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.testing.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is printed from a tree must mean to PostgreSQL what the text meant that the tree was read
 * from.
 */
class RoundTripTest {
  private static final Pattern SINCE = Pattern.compile("(.*) -- since (\\d+)");

  /**
   * A view cannot be made of the text of a view with a column of a pseudo-type, which only initdb
   * makes.
   */
  private static final String REPRODUCIBLE_VIEWS =
      """
      SELECT format('%I.%I', n.nspname, c.relname)
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'v' AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND t.typtype = 'p')
      ORDER BY 1
      """;

  private Connection connection;
  private RoundTrip roundTrip;

  @BeforeEach
  void connect() throws SQLException {
    connection = PostgresServer.createDatabase().connect();
    roundTrip = new RoundTrip(connection, new SqlParser());
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  @Test
  void everySystemViewComesBack() throws SQLException {
    List<String> failures = new ArrayList<>();
    for (String view : names(REPRODUCIBLE_VIEWS)) {
      roundTrip.ofView(view).ifPresent(failures::add);
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void everyOddQueryComesBack() throws SQLException, IOException {
    roundTrip.execute(resource("setup.sql"));
    int version = connection.getMetaData().getDatabaseMajorVersion();
    List<String> failures = new ArrayList<>();
    for (String line : resource("odd-queries.sql").lines().toList()) {
      Matcher since = SINCE.matcher(line);
      boolean marked = since.matches();
      if (!marked || Integer.parseInt(since.group(2)) <= version) {
        roundTrip.ofQuery(marked ? since.group(1) : line).ifPresent(failures::add);
      }
    }
    assertThat(failures).isEmpty();
  }

  private List<String> names(String sql) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream = RoundTripTest.class.getResourceAsStream("RoundTripTest/" + name)) {
      if (stream == null) {
        throw new IOException("no resource " + name);
      }
      return new String(stream.readAllBytes(), UTF_8);
    }
  }
}
