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

  /**
   * What a role or a database may have set otherwise, and none of our sessions can do with: limits
   * that end a session which waits for work, and what changes the meaning of a statement.
   */
  private static final String SETTINGS =
      """
      SET standard_conforming_strings = on; SET default_transaction_isolation = 'read committed';
      SET default_transaction_read_only = off; SET default_transaction_deferrable = off;
      SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0;
      SET idle_session_timeout = 0; SET client_min_messages = warning;
      SELECT set_config(name, '0', false) FROM pg_settings WHERE name = 'transaction_timeout'\
      """;

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
    Session session = new Session(Session.join(PgConnection.connect(vertx, options)));
    try {
      session.query(SETTINGS);
    } catch (DatabaseException broken) {
      session.close();
      throw broken;
    }
    return session;
  }

  /** Opens a session for one piece of work and closes it afterwards. */
  public <T> T with(String purpose, Function<Session, T> work) {
    try (Session session = open(purpose)) {
      return work.apply(session);
    }
  }
}
