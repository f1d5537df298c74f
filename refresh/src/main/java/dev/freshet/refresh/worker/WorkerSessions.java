package dev.freshet.refresh.worker;

import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.database.Session;
import dev.freshet.refresh.maintain.MaintenancePlan;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Sessions for refreshes, reused, since a session keeps the statements that it has prepared.
 *
 * <p>They depend on no setting of the role, the database or the server that could change a result
 * or end them. Each has a name, the worker's, which the server knows it by, too; that of one that
 * is gone goes to the next.
 */
public final class WorkerSessions implements AutoCloseable {

  private final Database database;
  private final WorkerSettings settings;
  private final String service;
  private final ConcurrentLinkedDeque<Session> idle = new ConcurrentLinkedDeque<>();
  private final Map<Session, Integer> numbers = new ConcurrentHashMap<>();

  /**
   * @param service its name, with which those of the workers begin
   */
  public WorkerSessions(Database database, WorkerSettings settings, String service) {
    this.database = database;
    this.settings = settings;
    this.service = service;
  }

  /** A session for the caller alone, until it is given back or closed. */
  Session take() {
    for (Session session = idle.pollFirst(); session != null; session = idle.pollFirst()) {
      if (session.isOpen()) {
        return session;
      }
    }
    return open();
  }

  void giveBack(Session session) {
    if (session.isOpen()) {
      idle.addFirst(session);
    }
  }

  /** The name of the worker whose session it is. */
  String nameOf(Session session) {
    Integer number = numbers.get(session);
    if (number == null) {
      throw new IllegalStateException("a session that is no worker's");
    }
    return nameOf(number);
  }

  private String nameOf(int number) {
    return service + "-" + number;
  }

  /** One at a time, so that no two take one name; who has a session does not wait for it. */
  private synchronized Session open() {
    int number = freeNumber();
    Session session = database.open("worker " + nameOf(number));
    numbers.put(session, number);
    configure(session, settings);
    session.query("SELECT freshet.allow_writes()");
    return session;
  }

  private int freeNumber() {
    numbers.keySet().removeIf(session -> !session.isOpen());
    BitSet used = new BitSet();
    numbers.values().forEach(used::set);
    return used.nextClearBit(1);
  }

  /** Gives a session the settings under which refreshes are run. */
  public static void configure(Session session, WorkerSettings settings) {
    session.query(
        """
        SET statement_timeout = %d; SET lock_timeout = %d; SET jit = off; SET row_security = off;
        SET plan_cache_mode = force_generic_plan; SET search_path = pg_catalog\
        """
            .formatted(settings.timeout().toMillis(), settings.lockTimeout().toMillis()));
    session.execute("SELECT set_config('work_mem', $1, false)", settings.workMem());
    // PostgreSQL's default is that of a disk that seeks; with it a hundred changes are joined by
    // reading all of a table. What somebody has set is left alone.
    session.query(
        "SELECT set_config(name, '1.1', false) FROM pg_settings WHERE name = 'random_page_cost' AND source = 'default'");
  }

  /**
   * Has statements planned anew until the end of the transaction, if there are many changes; puts
   * it on the wire.
   */
  public static Optional<Future<RowSet<Row>>> planFor(Session session, long rows) {
    return MaintenancePlan.isPlannedOnce(rows)
        ? Optional.empty()
        : Optional.of(session.sendQuery("SET LOCAL plan_cache_mode = force_custom_plan"));
  }

  @Override
  public void close() {
    for (Session session = idle.pollFirst(); session != null; session = idle.pollFirst()) {
      session.close();
    }
  }
}
