package dev.freshet.catalog.surface;

import static dev.freshet.catalog.surface.InstallationConnection.flag;
import static dev.freshet.catalog.surface.InstallationConnection.run;

import dev.freshet.catalog.database.SqlFile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes our schemas, our triggers, our publications and, if so wished, the stream tables out of a
 * database.
 *
 * <p>A trigger is dropped with its function, by CASCADE: that needs no ownership of the user's
 * table. It does need the table's ACCESS EXCLUSIVE lock, so every function goes in a transaction of
 * its own that does not wait long; what is left goes in one at the end. Run again, an interrupted
 * one finishes.
 */
final class Uninstall {

  private static final String LOCK_WAIT = "SET lock_timeout = '2s'";
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final int ATTEMPTS_MAX = 15;

  private static final String SERVICE_RUNS =
      """
      SELECT EXISTS (SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database
                      WHERE d.datname = current_database() AND l.locktype = 'advisory'
                        AND l.classid = 1718775923 AND l.objid = 0 AND l.objsubid = 2)
      """;
  private static final String CAPTURE_FUNCTIONS =
      """
      SELECT p.oid::regprocedure::text FROM pg_proc p
       WHERE p.pronamespace = 'freshet_buffer'::regnamespace AND p.prorettype = 'trigger'::regtype
       ORDER BY p.oid
      """;
  private static final String STREAM_TABLES =
      """
      SELECT c.oid::regclass::text FROM freshet.definition d JOIN pg_class c ON c.oid = d.relid
       WHERE NOT d.hidden ORDER BY c.oid
      """;
  private static final String COMMENTED =
      """
      SELECT c.oid::regclass::text FROM freshet.definition d JOIN pg_class c ON c.oid = d.relid
       WHERE NOT d.hidden AND obj_description(c.oid, 'pg_class') LIKE 'Stream table, kept fresh by Freshet.%'
      """;

  /** Whatever they are called now. An installation that was not upgraded has no such column. */
  private static final String PUBLICATIONS =
      """
      SELECT DISTINCT quote_ident(p.pubname) FROM freshet.definition d
        JOIN pg_publication p
          ON p.pubname = to_jsonb(d) ->> 'downstream_publication_name'
          OR obj_description(p.oid, 'pg_publication')
             = 'Changes of stream tables, published by Freshet as ' || (to_jsonb(d) ->> 'downstream_publication_name') || '.'
      """;

  private final Connection connection;
  private final StreamTables fate;

  Uninstall(Connection connection, StreamTables fate) {
    this.connection = connection;
    this.fate = fate;
  }

  void removeAll() throws SQLException {
    ExistingSchemas existing = ExistingSchemas.in(connection);
    existing.requireOurs();
    if (!existing.installed()) {
      throw new InstallationException(
          InstallationError.NOT_INSTALLED,
          "Freshet is not installed in database " + existing.login().database(),
          "Check the database's name in the address.");
    }
    requireNoService();
    requireNoDependents();
    run(connection, LOCK_WAIT);
    for (String function : texts(CAPTURE_FUNCTIONS)) {
      patiently(() -> run(connection, "DROP FUNCTION IF EXISTS " + function + " CASCADE"));
    }
    patiently(this::dropTheRest);
  }

  private void requireNoService() throws SQLException {
    if (flag(connection, SERVICE_RUNS)) {
      throw new InstallationException(
          InstallationError.SERVICE_RUNNING,
          "a service is at work on this database",
          "Stop it first.");
    }
  }

  private void requireNoDependents() throws SQLException {
    List<String> dependents = new ArrayList<>();
    try (var statement =
        connection.prepareStatement(SqlFile.read(Uninstall.class, "find-foreign-dependents.sql"))) {
      statement.setBoolean(1, fate == StreamTables.KEEP);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          dependents.add(rows.getString(1));
        }
      }
    }
    if (!dependents.isEmpty()) {
      throw new InstallationException(
          InstallationError.STILL_NEEDED,
          "other objects depend on what would be dropped: " + String.join(", ", dependents),
          fate == StreamTables.KEEP
              ? "Drop them first."
              : "Drop them first, or keep the stream tables.");
    }
  }

  private void dropTheRest() throws SQLException {
    connection.setAutoCommit(false);
    try {
      // Somebody may have created one since the first look.
      requireNoDependents();
      List<String> tables = texts(STREAM_TABLES);
      for (String table : texts(COMMENTED)) {
        run(connection, "COMMENT ON TABLE " + table + " IS NULL");
      }
      for (String publication : texts(PUBLICATIONS)) {
        run(connection, "DROP PUBLICATION " + publication);
      }
      run(connection, "DROP SCHEMA freshet_def, freshet_buffer, freshet_state CASCADE");
      if (fate == StreamTables.DROP && !tables.isEmpty()) {
        run(connection, "DROP TABLE " + String.join(", ", tables));
      }
      run(connection, "DROP SCHEMA freshet CASCADE");
      connection.commit();
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private List<String> texts(String query) throws SQLException {
    List<String> found = new ArrayList<>();
    try (var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  /** Tries again where a lock was not to be had; each try waits for two seconds at most. */
  private static void patiently(Step step) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        step.run();
        return;
      } catch (SQLException failed) {
        if (attempt == ATTEMPTS_MAX || !LOCK_NOT_AVAILABLE.equals(failed.getSQLState())) {
          throw failed;
        }
      }
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws SQLException;
  }
}
