package dev.freshet.scheduler.lead;

import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.catalog.database.Session;
import dev.freshet.scheduler.tick.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The time during which an instance holds the lease: the scheduler ticks on a thread of its own,
 * and the heart beats on the caller's, with a session of its own, so that neither a slow tick nor a
 * long refresh looks like death.
 *
 * <p>A session that breaks is opened anew, and the tenure goes on if the lease is still held. It
 * ends when another instance has the lease, or when this one could not find out for so long that
 * its sessions must be taken for dead.
 */
final class Tenure {

  private static final Logger LOG = Logger.getLogger(Tenure.class);
  private static final Duration BEAT_INTERVAL = Duration.ofSeconds(1);

  /** After this others may take the lease. */
  private static final Duration CONFIRMED_FOR = Duration.ofSeconds(3);

  /**
   * While nobody else takes the lease a server that stands still for a moment, or starts anew, ends
   * no refresh that takes an hour. After this it is given up.
   */
  private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(10);

  private static final Duration RETRY_WAIT = Duration.ofMillis(200);
  private static final Duration WINDING_PAUSE = Duration.ofMillis(20);
  private static final Duration TICKER_WAIT = Duration.ofSeconds(2);

  private final Database database;
  private final Ticker ticker;
  private final long epoch;
  private final Runnable wakeUp;
  private final Thread ticking;
  private Optional<Session> session = Optional.empty();
  private boolean shown;
  private volatile boolean goOn = true;
  private volatile long confirmedAt = System.nanoTime();
  private long beatAt = System.nanoTime() - BEAT_INTERVAL.toNanos();
  private boolean winding;
  private long woundBy;

  /**
   * @param wakeUp called when the lease is asked for
   */
  Tenure(Database database, Ticker ticker, long epoch, Runnable wakeUp) {
    this.database = database;
    this.ticker = ticker;
    this.epoch = epoch;
    this.wakeUp = wakeUp;
    this.ticking = Thread.ofVirtual().name("freshet-scheduler").unstarted(this::tick);
  }

  void begin() {
    database.fence().open(epoch);
    ticking.start();
  }

  private void tick() {
    try {
      while (goOn) {
        try (Session scheduler = database.open("scheduler")) {
          ticker.run(scheduler, () -> goOn && scheduler.isOpen());
        } catch (DatabaseException failed) {
          if (goOn) {
            LOG.warnf("the scheduler lost its connection: %s", failed.getMessage());
            TimeUnit.MILLISECONDS.sleep(RETRY_WAIT.toMillis());
          }
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether nobody else can have the lease, to the best of its knowledge. */
  boolean isConfirmed() {
    return System.nanoTime() - confirmedAt < CONFIRMED_FOR.toNanos();
  }

  /** Whether a bug of ours has ended the scheduler. */
  boolean isBroken() {
    return goOn && !ticking.isAlive();
  }

  /** Begins nothing any more; at the latest after so long it is over. */
  void wind(Duration longest) {
    long latest = System.nanoTime() + longest.toNanos();
    if (!winding) {
      winding = true;
      woundBy = latest;
      goOn = false;
      LOG.debugf("ending what runs, within %s", longest);
    } else if (latest - woundBy < 0) {
      woundBy = latest;
    }
  }

  /** Whether there is nothing left to wait for. */
  boolean isWound() {
    return winding
        && ((!ticking.isAlive() && ticker.underWay().isNone()) || System.nanoTime() - woundBy > 0);
  }

  /** How long to wait before looking again. */
  Duration pause() {
    Duration next = BEAT_INTERVAL.minusNanos(System.nanoTime() - beatAt);
    Duration longest = winding ? WINDING_PAUSE : BEAT_INTERVAL;
    return next.isNegative() ? Duration.ZERO : next.compareTo(longest) < 0 ? next : longest;
  }

  /** Beats if it is time, or if somebody may have asked for the lease. */
  Lease.Heard beatIfDue() throws InterruptedException {
    if (winding && System.nanoTime() - beatAt < BEAT_INTERVAL.toNanos()) {
      return new Lease.Heard.Held();
    }
    beatAt = System.nanoTime();
    while (true) {
      try {
        Lease.Heard heard = lease().beat(epoch, ticker.underWay().refreshes());
        // From before the question, for the answer may have been long on its way.
        confirmedAt = beatAt;
        return heard;
      } catch (DatabaseException failed) {
        session.ifPresent(Session::abandon);
        session = Optional.empty();
        if (System.nanoTime() - confirmedAt > GIVE_UP_AFTER.toNanos()) {
          LOG.warnf("the database was away for too long: %s", failed.getMessage());
          return new Lease.Heard.Lost();
        }
        TimeUnit.MILLISECONDS.sleep(RETRY_WAIT.toMillis());
        beatAt = System.nanoTime();
      }
    }
  }

  private Lease lease() {
    Session open = session.filter(Session::isOpen).orElseGet(() -> database.open("lease"));
    Lease lease = new Lease(open, database.instance());
    if (session.filter(known -> known == open).isEmpty()) {
      session = Optional.of(open);
      shown = false;
    }
    if (!shown) {
      lease.listen(wakeUp);
      lease.show();
      shown = true;
    }
    return lease;
  }

  /** Leaves the lease to others. */
  void release() {
    database.fence().close();
    try {
      lease().release(epoch, ticker.underWay().refreshes());
    } catch (DatabaseException failed) {
      LOG.warnf("the lease could not be handed over, and expires: %s", failed.getMessage());
    }
  }

  /** All that belongs to it is over; what waits for an answer has none. */
  void end() throws InterruptedException {
    goOn = false;
    database.fence().close();
    session.ifPresent(Session::close);
    if (!winding) {
      database.abandonSessions();
    }
    if (!ticking.join(TICKER_WAIT)) {
      ticking.interrupt();
    }
  }
}
