package dev.freshet.catalog.surface;

import static dev.freshet.catalog.surface.InstallationConnection.row;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * Is this a server, and a way to it, that the service can work with?
 *
 * <p>A pooler in transaction mode hands every transaction to another backend, so that session
 * locks, LISTEN and SET are lost. It shows: a pooler makes up the process id that it tells the
 * client, and two connections that are idle between transactions are given the same backend.
 */
final class ServerCheck {

  private static final int OLDEST = 15;
  private static final int NEWEST = 18;
  private static final int VERSION_FACTOR = 10_000;

  private ServerCheck() {}

  static void check(Connection connection, DataSource source) throws SQLException {
    int major =
        row(
            connection,
            "SELECT current_setting('server_version_num')::int / " + VERSION_FACTOR,
            rows -> rows.getInt(1));
    if (major < OLDEST || major > NEWEST) {
      throw new InstallationException(
          InstallationError.UNSUPPORTED_SERVER,
          "the server is PostgreSQL " + major,
          "Freshet works with PostgreSQL %d to %d.".formatted(OLDEST, NEWEST));
    }
    int told = connection.unwrap(PGConnection.class).getBackendPID();
    if (told != backendOf(connection) && sharesBackend(connection, source)) {
      throw new InstallationException(
          InstallationError.TRANSACTION_POOLER,
          "the address leads to a pooler in transaction mode",
          "Give the address of the server itself, or of a pool in session mode.");
    }
  }

  private static boolean sharesBackend(Connection first, DataSource source) throws SQLException {
    try (Connection second = source.getConnection()) {
      return backendOf(first) == backendOf(second);
    }
  }

  private static int backendOf(Connection connection) throws SQLException {
    return row(connection, "SELECT pg_backend_pid()", rows -> rows.getInt(1));
  }
}
