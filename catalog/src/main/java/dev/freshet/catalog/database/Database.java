package dev.freshet.catalog.database;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.time.Duration;
import java.util.function.Function;

/** The served database: opens sessions on it. */
public final class Database {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final DatabaseUrl url;

  public Database(Vertx vertx, DatabaseUrl url) {
    this.vertx = requireNonNull(vertx);
    this.url = requireNonNull(url);
  }

  public DatabaseUrl url() {
    return url;
  }

  /**
   * Opens a direct connection.
   *
   * @param purpose what it is for; shown as {@code application_name}, {@code freshet <purpose>}
   * @throws DatabaseException where the server cannot be reached or refuses
   */
  public Session open(String purpose) {
    PgConnectOptions options = url.options();
    options.addProperty("application_name", "freshet " + purpose);
    options.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
    return new Session(Session.join(PgConnection.connect(vertx, options)));
  }

  /** Opens a session for one piece of work and closes it afterwards. */
  public <T> T with(String purpose, Function<Session, T> work) {
    try (Session session = open(purpose)) {
      return work.apply(session);
    }
  }
}
