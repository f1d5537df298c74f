package dev.freshet.catalog.database;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The served database: opens sessions on it. */
public final class Database {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /**
   * What a role or a database may have set otherwise, and none of our sessions can do with: limits
   * that end a session which waits for work, and what changes the meaning of a statement. And that
   * the server finds out in seconds that we are gone, when it takes hours by default: until then a
   * session has its locks.
   */
  private static final String SETTINGS =
      """
      SET standard_conforming_strings = on; SET default_transaction_isolation = 'read committed';
      SET default_transaction_read_only = off; SET default_transaction_deferrable = off;
      SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0;
      SET idle_session_timeout = 0; SET client_min_messages = warning;
      SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3;
      SET tcp_user_timeout = '20s';
      SELECT set_config(name, '0', false) FROM pg_settings WHERE name = 'transaction_timeout';
      SELECT set_config('client_connection_check_interval', '2s', false) WHERE version() LIKE '%linux%'\
      """;

  private final Vertx vertx;
  private final DatabaseUrl url;
  private final String instance;
  private final Fence fence = new Fence();
  private final Set<Session> sessions = ConcurrentHashMap.newKeySet();

  /** For who is no instance of the service. */
  public Database(Vertx vertx, DatabaseUrl url) {
    this(vertx, url, "");
  }

  /**
   * @param instance that name of the service's instance by which others find its sessions
   */
  public Database(Vertx vertx, DatabaseUrl url, String instance) {
    this.vertx = requireNonNull(vertx);
    this.url = requireNonNull(url);
    this.instance = requireNonNull(instance);
  }

  /** A name for an instance that no other has. */
  public static String newInstance() {
    return UUID.randomUUID().toString().substring(0, 8);
  }

  /** The name of this instance of the service; empty if it is none. */
  public String instance() {
    return instance;
  }

  /** Behind which the sessions write. */
  public Fence fence() {
    return fence;
  }

  public DatabaseUrl url() {
    return url;
  }

  /**
   * Opens a direct connection.
   *
   * @param purpose what it is for; shown as {@code application_name}, {@code freshet <purpose>} and
   *     the instance's name
   * @throws DatabaseException where the server cannot be reached, refuses, or does not answer
   */
  public Session open(String purpose) {
    PgConnectOptions options = url.options();
    options.addProperty("application_name", ("freshet " + purpose + " " + instance).strip());
    options.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
    Session session = new Session(connect(options), fence, sessions::remove);
    sessions.add(session);
    try {
      Session.join(session.sendQuery(SETTINGS), CONNECT_TIMEOUT);
    } catch (DatabaseException broken) {
      session.abandon();
      throw broken;
    }
    return session;
  }

  private PgConnection connect(PgConnectOptions options) {
    Future<PgConnection> connecting = PgConnection.connect(vertx, options);
    try {
      return Session.join(connecting, CONNECT_TIMEOUT);
    } catch (DatabaseException failed) {
      // Who answers after all is not needed any more.
      connecting.onSuccess(PgConnection::close);
      throw failed;
    }
  }

  /** Gives up all sessions, without a word to the server: whoever waits for one is told at once. */
  public void abandonSessions() {
    sessions.forEach(Session::abandon);
  }

  /** Opens a session for one piece of work and closes it afterwards. */
  public <T> T with(String purpose, Function<Session, T> work) {
    try (Session session = open(purpose)) {
      return work.apply(session);
    }
  }
}
