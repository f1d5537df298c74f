package dev.freshet.catalog.database;

import static java.util.Objects.requireNonNull;

import io.vertx.pgclient.PgConnectOptions;

/**
 * The address of the served database, {@code
 * postgresql://user:password@host:port/database?sslmode=…}.
 *
 * <p>Its text form never shows the password.
 */
public record DatabaseUrl(String uri) {

  public DatabaseUrl {
    requireNonNull(uri);
    if (!uri.startsWith("postgresql://") && !uri.startsWith("postgres://")) {
      throw new IllegalArgumentException(
          "not a PostgreSQL address: write postgresql://user:password@host:port/database");
    }
  }

  /** Connection options of the reactive client, statements cached and pipelined. */
  public PgConnectOptions options() {
    return PgConnectOptions.fromUri(uri)
        .setCachePreparedStatements(true)
        .setPreparedStatementCacheMaxSize(512)
        .setPreparedStatementCacheSqlLimit(1 << 20)
        .setPipeliningLimit(256);
  }

  @Override
  public String toString() {
    PgConnectOptions options = PgConnectOptions.fromUri(uri);
    return "postgresql://%s@%s:%d/%s"
        .formatted(options.getUser(), options.getHost(), options.getPort(), options.getDatabase());
  }
}
