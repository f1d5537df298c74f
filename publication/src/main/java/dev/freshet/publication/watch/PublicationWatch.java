package dev.freshet.publication.watch;

import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.catalog.database.ErrorCategory;
import dev.freshet.catalog.database.Session;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Looks after the publications from its start to its end, at an interval, on a thread and a session
 * of its own.
 *
 * <p>Of several services on one database the one that leads does it; the lock keeps it from
 * beginning while the one before is still at it, and is tried, not waited for.
 */
public final class PublicationWatch {

  private static final Logger LOG = Logger.getLogger(PublicationWatch.class);
  private static final String TRY_LOCK = "SELECT pg_try_advisory_lock(1718775925, 0) AS locked";

  private static final String UNLOCK = "SELECT pg_advisory_unlock(1718775925, 0)";

  /** What mends a publication waits for nobody's DDL; it is tried again at the next look. */
  private static final String PREPARE = "SET lock_timeout = '2s'; SET search_path = pg_catalog";

  private final Database database;
  private final Duration checkInterval;
  private final Duration heartbeatInterval;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread =
      Thread.ofVirtual().name("freshet-publications").unstarted(this::run);

  /**
   * @param checkInterval between two looks; positive
   * @param heartbeatInterval between two messages for quiet slots; zero for none
   */
  public PublicationWatch(Database database, Duration checkInterval, Duration heartbeatInterval) {
    if (!checkInterval.isPositive()) {
      throw new IllegalArgumentException(
          "freshet.publication-check-interval is %s; it must be positive".formatted(checkInterval));
    }
    if (heartbeatInterval.isNegative()) {
      throw new IllegalArgumentException(
          "freshet.publication-heartbeat-interval is %s; it must be positive, or 0 for never"
              .formatted(heartbeatInterval));
    }
    this.database = database;
    this.checkInterval = checkInterval;
    this.heartbeatInterval = heartbeatInterval;
  }

  public void start() {
    thread.start();
  }

  private void run() {
    try {
      do {
        try (Session session = database.open("publications")) {
          session.query(PREPARE);
          watch(session);
        } catch (DatabaseException failed) {
          LOG.warnf("the publications could not be looked at: %s", failed.getMessage());
        }
      } while (!stopping.await(checkInterval.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Until it is stopped, or the session is broken. */
  private void watch(Session session) throws InterruptedException {
    PublicationCare care = new PublicationCare(heartbeatInterval);
    boolean locked = false;
    do {
      if (database.fence().isPassable()) {
        locked = locked || session.query(TRY_LOCK).iterator().next().getBoolean("locked");
        if (locked) {
          look(care, session);
        }
      } else if (locked) {
        session.query(UNLOCK);
        locked = false;
      }
    } while (!stopping.await(checkInterval.toMillis(), TimeUnit.MILLISECONDS));
  }

  private static void look(PublicationCare care, Session session) {
    try {
      care.look(session);
    } catch (DatabaseException failed) {
      if (failed.category() != ErrorCategory.CONTENTION) {
        throw failed;
      }
      LOG.debugf("the publications are looked at later: %s", failed.getMessage());
    }
  }

  /** Comes back when it has ended. */
  public void stop() {
    stopping.countDown();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
