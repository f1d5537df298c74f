package dev.freshet.refresh.capture;

import static java.util.stream.Collectors.toSet;

import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.database.DatabaseUrl;
import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.testing.PostgresServer;
import dev.freshet.catalog.testing.TestDatabase;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.flywaydb.core.Flyway;

/** A database with our schemas, a session of the service, and the users' side of it. */
final class CaptureDatabase implements AutoCloseable {

  final TestDatabase users = PostgresServer.createDatabase();
  final Session service;
  private final Vertx vertx = Vertx.vertx();
  private final Database database = new Database(vertx, new DatabaseUrl(users.url()));
  private int consumers;

  CaptureDatabase() throws SQLException {
    users.run(
        "CREATE SCHEMA freshet", "CREATE SCHEMA freshet_def",
        "CREATE SCHEMA freshet_buffer", "CREATE SCHEMA freshet_state");
    Flyway.configure()
        .dataSource(users.jdbcUrl(), users.user(), null)
        .defaultSchema("freshet")
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .placeholders(Map.of("version", "0"))
        .load()
        .migrate();
    service = database.open("test");
  }

  Session session() {
    return database.open("another test");
  }

  void run(String... statements) throws SQLException {
    users.run(statements);
  }

  String value(String query) throws SQLException {
    return users.value(query);
  }

  long relid(String table) throws SQLException {
    return Long.parseLong(value("SELECT '%s'::regclass::oid".formatted(table.replace("'", "''"))));
  }

  CaptureOutcome ensure(String table, Integer... attnums) throws SQLException {
    return ensure(CaptureSettings.defaults(), table, attnums);
  }

  CaptureOutcome ensure(CaptureSettings settings, String table, Integer... attnums)
      throws SQLException {
    return new CaptureInstaller(settings).ensure(service, relid(table), set(attnums));
  }

  static Set<Integer> set(Integer... attnums) {
    return Arrays.stream(attnums).collect(toSet());
  }

  /** The buffers' relation of the newest generation. */
  String changes(String table) throws SQLException {
    return value(
        "SELECT changes::regclass FROM freshet.capture WHERE source_relid = %d ORDER BY generation DESC"
            .formatted(relid(table)));
  }

  /** Rows in the buffers, and of which weight and note: {@code 3 × +1, 1 × -1, 1 × t}. */
  String counts(String table) throws SQLException {
    return value(
        """
        SELECT coalesce(string_agg(n || ' × ' || kind, ', ' ORDER BY kind), 'nothing')
        FROM (SELECT coalesce(note::text, CASE WHEN weight > 0 THEN '+1' ELSE '-1' END) AS kind, count(*) AS n
              FROM %s GROUP BY 1) AS counted\
        """
            .formatted(changes(table)));
  }

  /**
   * How many rows differ between the sum of all changes and the table, which was empty when capture
   * began.
   */
  String difference(String table, String... columns) throws SQLException {
    String read = String.join(", ", columns);
    String stored =
        value(
            """
            SELECT string_agg('c' || a.attnum, ', ' ORDER BY o.place)
            FROM unnest(string_to_array('%s', ', ')) WITH ORDINALITY AS o (name, place)
            JOIN pg_attribute a ON a.attrelid = %d AND quote_ident(a.attname) = o.name\
            """
                .formatted(read.replace("'", "''"), relid(table)));
    return value(
        """
        WITH folded AS (
            SELECT %1$s, sum(weight)::bigint AS n FROM %2$s WHERE note IS NULL GROUP BY %1$s HAVING sum(weight) <> 0
        ), actual AS (
            SELECT %3$s, count(*) AS n FROM %4$s GROUP BY %3$s
        )
        SELECT count(*) FROM (
            (TABLE folded EXCEPT ALL TABLE actual) UNION ALL (TABLE actual EXCEPT ALL TABLE folded)) AS difference\
        """
            .formatted(stored, changes(table), read, table));
  }

  /** A populated consumer of a source, at the present snapshot; returns its identifier. */
  int consumer(String table, Integer... attnums) throws SQLException {
    int id = ++consumers;
    run(
        "INSERT INTO freshet.condition (pgt_id, status, is_populated) VALUES (%d, 'ACTIVE', true)"
            .formatted(id),
        "INSERT INTO freshet.frontier (pgt_id, as_of) VALUES (%d, pg_current_snapshot())"
            .formatted(id),
        "INSERT INTO freshet.dependency (pgt_id, source_relid, source_type, columns_used, cdc_mode) VALUES (%d, %d, 'TABLE', '{%s}', 'trigger')"
            .formatted(
                id,
                relid(table),
                String.join(
                    ",", Arrays.stream(attnums).map(String::valueOf).toArray(String[]::new))));
    return id;
  }

  /** Lets a consumer read everything there is. */
  void catchUp(int consumer) throws SQLException {
    run(
        "UPDATE freshet.frontier SET as_of = pg_current_snapshot() WHERE pgt_id = %d"
            .formatted(consumer));
  }

  int serverVersion() throws SQLException {
    return Integer.parseInt(value("SELECT current_setting('server_version_num')::int / 10000"));
  }

  @Override
  public void close() {
    service.close();
    Session.join(vertx.close());
  }
}
