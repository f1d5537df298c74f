package dev.freshet.catalog.database;

import static java.util.Objects.requireNonNull;

import io.vertx.pgclient.PgConnectOptions;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The address of the served database, {@code
 * postgresql://user:password@host:port/database?sslmode=…&sslrootcert=…}.
 *
 * <p>Its text form never shows the password.
 */
public record DatabaseUrl(String uri) {

  private static final String ROOT_CERTIFICATE = "sslrootcert=";

  public DatabaseUrl {
    requireNonNull(uri);
    if (!uri.startsWith("postgresql://") && !uri.startsWith("postgres://")) {
      throw new IllegalArgumentException(
          "not a PostgreSQL address: write postgresql://user:password@host:port/database");
    }
  }

  /** Connection options of the reactive client, statements cached and pipelined. */
  public PgConnectOptions options() {
    PgConnectOptions options = PgConnectOptions.fromUri(uri);
    options
        .setCachePreparedStatements(true)
        .setPreparedStatementCacheMaxSize(512)
        .setPreparedStatementCacheSqlLimit(1 << 20)
        .setPipeliningLimit(256);
    encryption().applyTo(options);
    return options;
  }

  /** How connections are encrypted. */
  public Encryption encryption() {
    return Encryption.of(PgConnectOptions.fromUri(uri).getSslMode(), rootCertificate());
  }

  /** Which the reactive client does not know. */
  private Optional<String> rootCertificate() {
    int question = uri.indexOf('?');
    return question < 0
        ? Optional.empty()
        : Arrays.stream(uri.substring(question + 1).split("&"))
            .filter(parameter -> parameter.startsWith(ROOT_CERTIFICATE))
            .map(parameter -> parameter.substring(ROOT_CERTIFICATE.length()))
            .map(file -> URLDecoder.decode(file.replace("+", "%2B"), StandardCharsets.UTF_8))
            .findFirst();
  }

  @Override
  public String toString() {
    PgConnectOptions options = PgConnectOptions.fromUri(uri);
    return "postgresql://%s@%s:%d/%s"
        .formatted(options.getUser(), options.getHost(), options.getPort(), options.getDatabase());
  }
}
