package dev.freshet.catalog.database;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
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
  private static final String GIVEN_UP = "the session was given up";

  /** A server that does not answer keeps nobody from going on. */
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(2);

  private final PgConnection connection;
  private final Fence fence;
  private final Consumer<Session> closed;
  private final Set<Promise<RowSet<Row>>> awaited = ConcurrentHashMap.newKeySet();
  private final Map<String, String> named = new LinkedHashMap<>(16, 0.75f, true);
  private long names;
  private final AtomicBoolean closing = new AtomicBoolean();
  private volatile boolean open = true;

  Session(PgConnection connection, Fence fence, Consumer<Session> closed) {
    this.connection = requireNonNull(connection);
    this.fence = requireNonNull(fence);
    this.closed = requireNonNull(closed);
    connection.closeHandler(ignored -> end());
    // Who waits for a statement is told by that; without a handler the client prints a stack trace.
    connection.exceptionHandler(lost -> LOG.debugf("a connection broke: %s", lost.getMessage()));
  }

  private void end() {
    open = false;
    closed.accept(this);
  }

  /** Behind which this session writes. */
  public Fence fence() {
    return fence;
  }

  /**
   * Runs text by the simple protocol; it may hold several statements, which then are one implicit
   * transaction.
   */
  public RowSet<Row> query(String sql) {
    return join(sendQuery(sql));
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
    return awaited(connection.preparedQuery(sql).execute(Tuple.wrap(Arrays.asList(parameters))));
  }

  /** Puts unprepared text on the wire without waiting. */
  public Future<RowSet<Row>> sendQuery(String sql) {
    return awaited(connection.query(sql).execute());
  }

  /** The answer, or that the session was given up. */
  private Future<RowSet<Row>> awaited(Future<RowSet<Row>> answer) {
    Promise<RowSet<Row>> promise = Promise.promise();
    awaited.add(promise);
    answer.onComplete(result -> {
      awaited.remove(promise);
      if (result.succeeded()) {
        promise.tryComplete(result.result());
      } else {
        promise.tryFail(result.cause());
      }
    });
    if (!open) {
      promise.tryFail(new IOException(GIVEN_UP));
    }
    return promise.future();
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
    if (closing.compareAndSet(false, true)) {
      try {
        join(connection.close().otherwiseEmpty(), CLOSE_WAIT);
      } catch (DatabaseException silent) {
        LOG.debugf("a connection does not end: %s", silent.getMessage());
      }
    }
    giveUp();
  }

  /**
   * Gives it up: where the network is cut, no answer ever comes. Whoever waits for one is told; may
   * be called from another thread.
   */
  public void abandon() {
    giveUp();
    if (closing.compareAndSet(false, true)) {
      // If the server can be reached, it is told.
      connection.close().onFailure(lost -> LOG.debugf("not closed: %s", lost.getMessage()));
    }
  }

  private void giveUp() {
    end();
    awaited.forEach(promise -> promise.tryFail(new IOException(GIVEN_UP)));
  }

  /**
   * Waits for a result.
   *
   * @throws DatabaseException if it failed
   */
  public static <T> T join(Future<T> future) {
    return join(future, CompletableFuture::get);
  }

  /**
   * Waits for a result for so long.
   *
   * @throws DatabaseException if it failed or did not come; then the session is of no use any more
   */
  public static <T> T join(Future<T> future, Duration longest) {
    return join(
        future,
        answer -> {
          try {
            return answer.get(longest.toMillis(), TimeUnit.MILLISECONDS);
          } catch (TimeoutException silent) {
            throw DatabaseException.of(new IOException("no answer for " + longest, silent));
          }
        });
  }

  @FunctionalInterface
  private interface Waiting<T> {
    T on(CompletableFuture<T> answer) throws InterruptedException, ExecutionException;
  }

  private static <T> T join(Future<T> future, Waiting<T> waiting) {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException("a session was used on an event loop, which must not block");
    }
    try {
      return waiting.on(future.toCompletionStage().toCompletableFuture());
    } catch (ExecutionException | CompletionException failed) {
      throw DatabaseException.of(failed.getCause() == null ? failed : failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw DatabaseException.of(interrupted);
    }
  }
}
