package dev.freshet.refresh.worker;

import dev.freshet.catalog.chore.Chore;
import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.catalog.database.ErrorCategory;
import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.event.refresh.HousekeepingDone;
import dev.freshet.catalog.event.scheduler.HousekeepingRequested;
import dev.freshet.refresh.capture.BufferDisposal;
import dev.freshet.refresh.capture.CaptureRemoval;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * What has to be looked after from time to time. Each chore is short, stands by itself, and is done
 * again: one that fails does not keep the others from being done.
 *
 * <p>One round at a time; rounds are asked for by the scheduler, of which only one leads.
 */
public final class Housekeeping {

  private static final Logger LOG = Logger.getLogger(Housekeeping.class);

  private final Database database;
  private final ServiceRequests requests;
  private final BufferDisposal disposal;
  private final CaptureRemoval removal;
  private final WorkerSettings settings;
  private final List<Chore> chores;
  private final Map<String, Long> doneAt = new HashMap<>();
  private Optional<Session> session = Optional.empty();

  /** Of the catalogs when the sources were last looked at; empty if they must be. */
  private String sourcesStamp = "";

  /**
   * @param chores of the other modules
   */
  public Housekeeping(
      Database database,
      ServiceRequests requests,
      BufferDisposal disposal,
      CaptureRemoval removal,
      WorkerSettings settings,
      List<Chore> chores) {
    this.database = database;
    this.requests = requests;
    this.disposal = disposal;
    this.removal = removal;
    this.settings = settings;
    this.chores = List.copyOf(chores);
  }

  /** Does what is due; blocks until it is done. */
  public synchronized HousekeepingDone run(HousekeepingRequested request) {
    every(Duration.ZERO, "answering questions", requests::answer);
    every(Duration.ZERO, "noticing what others did", fenced(Housekeeping::notice));
    every(Duration.ofSeconds(2), "moving idle frontiers", this::moveIdleFrontiers);
    every(Duration.ofSeconds(1), "emptying buffers", disposal::disposeAll);
    every(Duration.ofSeconds(1), "removing captures", removal::removeUnused);
    every(Duration.ofHours(1), "folding the history", this::fold);
    chores.forEach(chore -> every(chore.interval(), chore.name(), fenced(chore::run)));
    return new HousekeepingDone(request.tickId());
  }

  /** In a transaction in which this instance leads. */
  private static Consumer<Session> fenced(Consumer<Session> work) {
    return session ->
        session
            .fence()
            .in(
                session,
                () -> {
                  work.accept(session);
                  return true;
                });
  }

  private void every(Duration interval, String chore, Consumer<Session> work) {
    long now = System.nanoTime();
    Long last = doneAt.get(chore);
    if (last != null && now - last < interval.toNanos()) {
      return;
    }
    doneAt.put(chore, now);
    try {
      work.accept(session());
    } catch (DatabaseException failed) {
      if (failed.category() == ErrorCategory.CONTENTION) {
        LOG.debugf("%s: %s", chore, failed.getMessage());
      } else {
        LOG.warnf("%s: %s", chore, failed.getMessage());
      }
    }
  }

  private Session session() {
    Session open = session.filter(Session::isOpen).orElseGet(() -> database.open("housekeeping"));
    if (session.filter(known -> known == open).isEmpty()) {
      open.query("SET lock_timeout = '2s'; SET search_path = pg_catalog");
      session = Optional.of(open);
      // The server may have crashed, which empties unlogged tables and is not in the stamp.
      sourcesStamp = "";
    }
    return open;
  }

  private static void notice(Session session) {
    session.execute("SELECT freshet.notice_catalog_changes()");
  }

  private void moveIdleFrontiers(Session session) {
    try {
      session.query("BEGIN ISOLATION LEVEL REPEATABLE READ" + session.fence().sql());
      Row row =
          session
              .execute("SELECT stamp FROM freshet.move_idle_frontiers($1)", sourcesStamp)
              .iterator()
              .next();
      session.query("COMMIT");
      sourcesStamp = Optional.ofNullable(row.getString("stamp")).orElse("");
    } catch (DatabaseException failed) {
      if (session.isOpen()) {
        session.query("ROLLBACK");
      }
      throw failed;
    }
  }

  private void fold(Session session) {
    long folded;
    do {
      folded = session.fence().in(session, () -> foldSome(session));
    } while (folded > 0);
  }

  private long foldSome(Session session) {
    return session
        .execute(
            "SELECT freshet.fold_history($1::bigint * interval '1 second') AS folded",
            settings.historyRetention().toSeconds())
        .iterator()
        .next()
        .getLong("folded");
  }
}
