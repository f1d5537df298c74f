package dev.freshet.catalog.database;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;

/**
 * One direct connection, used by one thread at a time.
 *
 * <p>Calls block, which is what virtual threads are for; on an event loop they are refused. {@link
 * #send} only puts a statement on the wire, so that several travel in one round trip: they run in
 * the order sent, and after the first that fails in a transaction the rest fail, too.
 */
public final class Session implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Session.class);

  private static final int NAMED_MAX = 512;

  private final PgConnection connection;
  private final Map<String, String> named = new LinkedHashMap<>(16, 0.75f, true);
  private long names;
  private volatile boolean open = true;

  Session(PgConnection connection) {
    this.connection = requireNonNull(connection);
    connection.closeHandler(ignored -> open = false);
    // Who waits for a statement is told by that; without a handler the client prints a stack trace.
    connection.exceptionHandler(lost -> LOG.debugf("a connection broke: %s", lost.getMessage()));
  }

  /**
   * Runs text by the simple protocol; it may hold several statements, which then are one implicit
   * transaction.
   */
  public RowSet<Row> query(String sql) {
    return join(connection.query(sql).execute());
  }

  /** Runs one statement prepared; its plan is cached by the text. */
  public RowSet<Row> execute(String sql, Object... parameters) {
    return join(send(sql, parameters));
  }

  /**
   * The name under which this session has prepared a statement, for SQL to {@code EXECUTE} it by;
   * it is prepared at the first call. The least recently used are forgotten.
   *
   * @param types of its parameters, as SQL; empty if it has none
   */
  public String named(String sql, List<String> types) {
    String known = named.get(sql);
    if (known != null) {
      return known;
    }
    String name = "freshet_" + names++;
    query(
        "PREPARE %s %s AS %s"
            .formatted(name, types.isEmpty() ? "" : "(" + String.join(", ", types) + ")", sql));
    named.put(sql, name);
    if (named.size() > NAMED_MAX) {
      String eldest = named.keySet().iterator().next();
      query("DEALLOCATE " + named.remove(eldest));
    }
    return name;
  }

  /** Puts one prepared statement on the wire without waiting. */
  public Future<RowSet<Row>> send(String sql, Object... parameters) {
    return connection.preparedQuery(sql).execute(Tuple.wrap(Arrays.asList(parameters)));
  }

  /** Puts unprepared text on the wire without waiting. */
  public Future<RowSet<Row>> sendQuery(String sql) {
    return connection.query(sql).execute();
  }

  /** The process id of the server's backend. */
  public int processId() {
    return connection.processId();
  }

  /** Whether the connection still stands, as far as the client knows. */
  public boolean isOpen() {
    return open;
  }

  /** The connection itself, for what only the driver offers (notifications, streaming). */
  public PgConnection connection() {
    return connection;
  }

  /** Asks the server to cancel what this session runs; may be called from another thread. */
  public void cancel() {
    join(connection.cancelRequest());
  }

  @Override
  public void close() {
    join(connection.close().otherwiseEmpty());
  }

  /**
   * Waits for a result.
   *
   * @throws DatabaseException if it failed
   */
  public static <T> T join(Future<T> future) {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException("a session was used on an event loop, which must not block");
    }
    try {
      return future.toCompletionStage().toCompletableFuture().get();
    } catch (ExecutionException | CompletionException failed) {
      throw DatabaseException.of(failed.getCause() == null ? failed : failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw DatabaseException.of(interrupted);
    }
  }
}
