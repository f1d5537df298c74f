package dev.freshet.refresh.worker;

import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.catalog.database.Session;
import dev.freshet.refresh.capture.LockWatcher;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * While refreshes run, cancels those behind whose locks somebody else's DDL has queued: everybody
 * else would queue behind that.
 */
public final class LockWatch implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(LockWatch.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final Database database;
  private final AtomicInteger running = new AtomicInteger();
  private final Semaphore begun = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closed;

  public LockWatch(Database database) {
    this.database = database;
    this.thread = Thread.ofVirtual().name("freshet-lock-watch").start(this::watch);
  }

  /** A refresh begins; it ends when the result is closed. */
  public Watched begin() {
    running.incrementAndGet();
    begun.release();
    return running::decrementAndGet;
  }

  /** A refresh that is being watched. */
  public interface Watched extends AutoCloseable {
    @Override
    void close();
  }

  private void watch() {
    try {
      while (!closed) {
        begun.acquire();
        begun.drainPermits();
        // Most refreshes have ended before it would be worth a look.
        TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis());
        if (running.get() > 0) {
          watchClosely();
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void watchClosely() throws InterruptedException {
    try (Session session = database.open("lock watch")) {
      while (running.get() > 0 && !closed) {
        for (int backend : LockWatcher.inTheWay(session, PATIENCE)) {
          LOG.infof("cancelling a refresh, backend %d: somebody waits for its locks", backend);
          session.execute("SELECT pg_cancel_backend($1)", backend);
        }
        TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis());
      }
    } catch (DatabaseException failed) {
      LOG.warnf("locks are not watched: %s", failed.getMessage());
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
