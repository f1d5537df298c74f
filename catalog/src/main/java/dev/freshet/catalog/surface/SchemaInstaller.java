package dev.freshet.catalog.surface;

import static dev.freshet.catalog.surface.InstallationConnection.flag;
import static dev.freshet.catalog.surface.InstallationConnection.run;
import static dev.freshet.catalog.surface.InstallationConnection.text;
import static java.util.Objects.requireNonNull;

import dev.freshet.catalog.database.DatabaseUrl;
import dev.freshet.catalog.database.SqlFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationState;

/**
 * Installs and upgrades our schemas in the served database, and removes them.
 *
 * <p>One at a time: a session lock keeps a second installer waiting. All migrations that are due
 * run in one transaction.
 */
public final class SchemaInstaller {

  static final List<String> SCHEMAS =
      List.of("freshet", "freshet_def", "freshet_buffer", "freshet_state");

  private static final String LOCK = "SELECT pg_advisory_lock(1718775923, -1)";
  private static final String UNLOCK = "SELECT pg_advisory_unlock(1718775923, -1)";
  private static final String SCHEMA_EXISTS =
      "SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = '%s')";
  private static final String LOCK_WAIT = "SET lock_timeout = '60s'";

  private final DataSource source;

  public SchemaInstaller(DatabaseUrl url) {
    this.source = InstallationConnection.to(requireNonNull(url));
  }

  /**
   * Installs, or upgrades what is installed, or finds it up to date.
   *
   * @throws InstallationException if the database does not allow it
   */
  public Installation install() {
    return locked(this::install);
  }

  /** The version that is installed, if any is. */
  public Optional<String> installedVersion() {
    try (Connection connection = source.getConnection()) {
      return ExistingSchemas.in(connection).installed()
          ? Optional.of(text(connection, "SELECT freshet.version()"))
          : Optional.empty();
    } catch (SQLException failed) {
      throw InstallationException.of(failed);
    }
  }

  /**
   * Removes everything of ours.
   *
   * @throws InstallationException if the service runs, or if objects of others depend on what would
   *     go; it names them
   */
  public void uninstall(StreamTables fate) {
    locked(connection -> {
      new Uninstall(connection, fate).removeAll();
      return fate;
    });
  }

  /** Projects the whole log anew; returns the number of events. */
  public long rebuildProjections() {
    return locked(connection ->
        InstallationConnection.row(
            connection, "SELECT freshet.rebuild_projections()", rows -> rows.getLong(1)));
  }

  private Installation install(Connection connection) throws SQLException {
    ServerCheck.check(connection, source);
    ExistingSchemas existing = ExistingSchemas.in(connection);
    existing.requireOurs();
    existing.requireRightToCreate();
    for (String schema : SCHEMAS) {
      // IF NOT EXISTS would ask for the right to create even where the schema is there.
      if (!flag(connection, SCHEMA_EXISTS.formatted(schema))) {
        run(connection, "CREATE SCHEMA " + schema);
      }
    }
    Flyway flyway = flyway();
    if (existing.installed()) {
      requireNotNewer(flyway, connection);
    }
    int migrations = flyway.migrate().migrationsExecuted;
    run(connection, SqlFile.read(SchemaInstaller.class, "record-installation.sql"));
    boolean adopted = flag(connection, "SELECT freshet.adopt_cluster()");
    return new Installation(FreshetVersion.current(), existing.login().role(), migrations, adopted);
  }

  private Flyway flyway() {
    return Flyway.configure(SchemaInstaller.class.getClassLoader())
        .dataSource(source)
        .locations("classpath:db/migration")
        .schemas("freshet")
        .createSchemas(false)
        .table("schema_history")
        .placeholders(Map.of("version", FreshetVersion.current()))
        .group(true)
        .cleanDisabled(true)
        .load();
  }

  private static void requireNotNewer(Flyway flyway, Connection connection) throws SQLException {
    boolean newer =
        Arrays.stream(flyway.info().all())
            .map(info -> info.getState())
            .anyMatch(state ->
                state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED);
    if (newer) {
      throw new InstallationException(
          InstallationError.SCHEMA_NEWER,
          "the database was upgraded by Freshet %s; this is %s"
              .formatted(text(connection, "SELECT freshet.version()"), FreshetVersion.current()),
          "Run that version, or a newer one.");
    }
  }

  private <T> T locked(Work<T> work) {
    try (Connection connection = source.getConnection()) {
      run(connection, LOCK_WAIT);
      run(connection, LOCK);
      try {
        return work.run(connection);
      } finally {
        run(connection, UNLOCK);
      }
    } catch (SQLException failed) {
      throw InstallationException.of(failed);
    }
  }

  /** What is done under the lock. */
  @FunctionalInterface
  private interface Work<T> {
    T run(Connection connection) throws SQLException;
  }
}
