package dev.freshet.scheduler.lead;

import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.catalog.database.Session;
import dev.freshet.scheduler.tick.Ticker;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Waits for the lock of the serving instance, then schedules until the session ends; over and over.
 *
 * <p>The lock is tried, not waited for: a statement that waits holds a snapshot, and back vacuum
 * for everybody.
 */
public final class Leadership {

  private static final Logger LOG = Logger.getLogger(Leadership.class);
  private static final String TRY_LOCK = "SELECT pg_try_advisory_lock(1718775923, 0) AS locked";
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Database database;
  private final Ticker ticker;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile boolean leading;
  private final Thread thread;

  public Leadership(Database database, Ticker ticker) {
    this.database = database;
    this.ticker = ticker;
    this.thread = Thread.ofVirtual().name("freshet-scheduler").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Whether this instance is the one that serves. */
  public boolean isLeading() {
    return leading;
  }

  /** Whether it leads, or waits to; a bug of ours would end it. */
  public boolean isAlive() {
    return thread.isAlive();
  }

  private void run() {
    try {
      do {
        try (Session session = database.open("scheduler")) {
          if (isLockTaken(session)) {
            lead(session);
          }
        } catch (DatabaseException failed) {
          LOG.warnf("the scheduler lost its connection: %s", failed.getMessage());
        }
      } while (!stopping.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      leading = false;
    }
  }

  private boolean isLockTaken(Session session) throws InterruptedException {
    boolean waiting = false;
    while (stopping.getCount() > 0) {
      Row row = session.execute(TRY_LOCK).iterator().next();
      if (row.getBoolean("locked")) {
        return true;
      }
      if (!waiting) {
        waiting = true;
        LOG.info("another instance serves this database; waiting to take over");
      }
      stopping.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
    return false;
  }

  private void lead(Session session) throws InterruptedException {
    LOG.info("serving");
    leading = true;
    try {
      ticker.run(session, () -> stopping.getCount() > 0 && session.isOpen());
    } finally {
      leading = false;
    }
  }

  /** Ends the scheduling; what is being refreshed is left to end by itself. */
  public void stop() {
    stopping.countDown();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
