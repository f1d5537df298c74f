package dev.freshet.catalog.surface;

import dev.freshet.catalog.database.DatabaseUrl;
import dev.freshet.catalog.database.Encryption;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** JDBC to the served database, for the installer only: Flyway needs it. */
final class InstallationConnection {

  private static final int CONNECT_SECONDS = 10;

  private InstallationConnection() {}

  static DataSource to(DatabaseUrl url) {
    PgConnectOptions options = url.options();
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {options.getHost()});
    source.setPortNumbers(new int[] {options.getPort()});
    source.setDatabaseName(options.getDatabase());
    source.setUser(options.getUser());
    source.setPassword(options.getPassword());
    encrypt(source, url.encryption());
    source.setApplicationName("freshet install");
    source.setConnectTimeout(CONNECT_SECONDS);
    return source;
  }

  private static void encrypt(PGSimpleDataSource source, Encryption encryption) {
    // With a root certificate psql checks it, too, where only encryption is demanded.
    SslMode mode =
        encryption.isVerified() && encryption.mode() == SslMode.REQUIRE
            ? SslMode.VERIFY_CA
            : encryption.mode();
    source.setSslMode(mode.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    if (encryption.rootCertificate().isPresent()) {
      source.setSslRootCert(encryption.rootCertificate().get());
    } else if (encryption.isVerified()) {
      source.setSslfactory("org.postgresql.ssl.DefaultJavaSSLFactory");
    }
  }

  static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The one row of a query; read by the function while it is open. */
  static <T> T row(Connection connection, String sql, RowReader<T> reader) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      if (!rows.next()) {
        throw new IllegalStateException("a query that must have a row has none: " + sql);
      }
      return reader.read(rows);
    }
  }

  static boolean flag(Connection connection, String sql) throws SQLException {
    return row(connection, sql, rows -> rows.getBoolean(1));
  }

  static String text(Connection connection, String sql) throws SQLException {
    return row(connection, sql, rows -> String.valueOf(rows.getString(1)));
  }

  /** Reads columns of the current row. */
  @FunctionalInterface
  interface RowReader<T> {
    T read(ResultSet rows) throws SQLException;
  }
}
