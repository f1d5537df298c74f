package dev.freshet.scheduler.lead;

import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.catalog.database.Session;
import dev.freshet.scheduler.tick.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Waits for the lease of the database, then schedules for as long as it holds it; over and over.
 *
 * <p>The lease is looked at, not waited for: a statement that waits holds a snapshot, and back
 * vacuum for everybody.
 */
public final class Leadership {

  private static final Logger LOG = Logger.getLogger(Leadership.class);

  /** How often a candidate looks; who hands over wakes it. */
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(250);

  private static final Duration RETRY_WAIT = Duration.ofSeconds(1);

  /** What runs may take so long to end when the process is asked to. */
  private static final Duration STOP_WAIT = Duration.ofSeconds(3);

  /**
   * So long it leaves the lease to others that it was made to hand over; and then takes it rather
   * than leave the database to nobody.
   */
  private static final Duration STAND_BACK = Duration.ofSeconds(30);

  private final Database database;
  private final Ticker ticker;
  private final Semaphore wakeUp = new Semaphore(0);
  private volatile boolean stopping;
  private volatile Optional<Tenure> tenure = Optional.empty();
  private Optional<HandedOver> handedOver = Optional.empty();
  private final Thread thread;

  public Leadership(Database database, Ticker ticker) {
    this.database = database;
    this.ticker = ticker;
    this.thread = Thread.ofVirtual().name("freshet-lead").unstarted(this::run);
  }

  private record HandedOver(long epoch, long at) {}

  public void start() {
    database.fence().close();
    thread.start();
  }

  /** Whether this instance is the one that serves, as far as it could find out in time. */
  public boolean isLeading() {
    return tenure.filter(Tenure::isConfirmed).isPresent();
  }

  /** Whether it leads, or waits to; a bug of ours would end it. */
  public boolean isAlive() {
    return thread.isAlive();
  }

  private void run() {
    try {
      while (!stopping) {
        try {
          Optional<Lease.Taken> taken = awaitLease();
          if (taken.isPresent()) {
            lead(taken.get().epoch());
          }
        } catch (DatabaseException failed) {
          LOG.warnf("it is not known who leads: %s", failed.getMessage());
          await(RETRY_WAIT);
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      tenure = Optional.empty();
    }
  }

  private Optional<Lease.Taken> awaitLease() throws InterruptedException {
    try (Session session = database.open("candidate")) {
      Lease lease = new Lease(session, database.instance());
      lease.listen(wakeUp::release);
      boolean waiting = false;
      while (!stopping) {
        Lease.Seen seen = lease.look();
        if ((seen.isStale() || (seen.isFree() && !isStandingBack(seen)))
            && !lease.isServedOtherwise()) {
          Optional<Lease.Taken> taken = lease.take(seen);
          if (taken.isPresent()) {
            lease.settle(taken.get().before(), seen.holder().orElse(""));
            return taken;
          }
        }
        if (!waiting) {
          waiting = true;
          LOG.info("another instance serves this database; waiting to take over");
        }
        await(LOOK_INTERVAL);
      }
    }
    return Optional.empty();
  }

  private boolean isStandingBack(Lease.Seen seen) {
    return handedOver
        .filter(last -> last.epoch() == seen.epoch())
        .filter(last -> System.nanoTime() - last.at() < STAND_BACK.toNanos())
        .isPresent();
  }

  private void lead(long epoch) throws InterruptedException {
    Tenure present = new Tenure(database, ticker, epoch, wakeUp::release);
    tenure = Optional.of(present);
    LOG.infof("serving, as instance %s in epoch %d", database.instance(), epoch);
    present.begin();
    try {
      switch (keep(present)) {
        case HANDED_OVER -> {
          handedOver = Optional.of(new HandedOver(epoch, System.nanoTime()));
          if (!stopping) {
            LOG.info("handed over, as it was asked to; waiting to take over");
          }
        }
        case LOST -> LOG.warn("this instance does not lead any more");
        case BROKEN -> throw new IllegalStateException("the scheduler's thread broke");
      }
    } finally {
      tenure = Optional.empty();
      present.end();
    }
  }

  private enum End {
    HANDED_OVER,
    LOST,
    BROKEN
  }

  private End keep(Tenure present) throws InterruptedException {
    while (true) {
      if (stopping) {
        present.wind(STOP_WAIT);
      }
      if (present.isWound()) {
        present.release();
        return End.HANDED_OVER;
      }
      if (present.isBroken()) {
        present.release();
        return End.BROKEN;
      }
      switch (present.beatIfDue()) {
        case Lease.Heard.Held() -> {}
        case Lease.Heard.Drain(Duration within) -> present.wind(within);
        case Lease.Heard.Lost() -> {
          return End.LOST;
        }
      }
      await(present.pause());
    }
  }

  private void await(Duration longest) throws InterruptedException {
    if (wakeUp.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
      wakeUp.drainPermits();
    }
  }

  /**
   * Ends the scheduling and hands over, as soon as what is being refreshed has ended or three
   * seconds are over.
   */
  public void stop() {
    stopping = true;
    wakeUp.release();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
