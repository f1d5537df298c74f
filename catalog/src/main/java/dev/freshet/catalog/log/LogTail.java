package dev.freshet.catalog.log;

import static java.util.Objects.requireNonNull;

import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.catalog.database.Session;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Follows the log and hands on committed events, in the order of each stream, at least once.
 *
 * <p>Commands notify {@code freshet_event}; a notification may be lost, and outcomes send none, so
 * it also looks at an interval. The cursor moves only after the consumer has returned: a consumer
 * that throws is given the same events again. A lost connection is opened anew, and the cursor
 * makes up for what was missed.
 */
public final class LogTail implements AutoCloseable {

  public static final Duration DEFAULT_INTERVAL = Duration.ofMillis(500);

  private static final Logger LOG = Logger.getLogger(LogTail.class);
  private static final Duration RETRY_WAIT = Duration.ofSeconds(1);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

  private final Database database;
  private final Consumer<List<LoggedEvent>> consumer;
  private final Duration interval;
  private final Semaphore wakeUp = new Semaphore(0);
  private volatile boolean running = true;
  private volatile boolean following;
  private volatile LogCursor cursor;
  private @Nullable Thread thread;

  private LogTail(
      Database database,
      Consumer<List<LoggedEvent>> consumer,
      Duration interval,
      LogCursor cursor) {
    this.database = requireNonNull(database);
    this.consumer = requireNonNull(consumer);
    this.interval = requireNonNull(interval);
    this.cursor = requireNonNull(cursor);
  }

  /** Follows from here on: every event that is not committed yet will be delivered. */
  public static LogTail fromNow(
      Database database, Consumer<List<LoggedEvent>> consumer, Duration interval) {
    String now =
        database.with(
            "tail",
            session ->
                session
                    .execute("SELECT pg_current_snapshot()::text AS now")
                    .iterator()
                    .next()
                    .getString("now"));
    return from(new LogCursor(now), database, consumer, interval);
  }

  /** Follows from where a consumer had come to. */
  public static LogTail from(
      LogCursor checkpoint,
      Database database,
      Consumer<List<LoggedEvent>> consumer,
      Duration interval) {
    LogTail tail = new LogTail(database, consumer, interval, checkpoint);
    tail.thread = Thread.ofVirtual().name("freshet-log-tail").start(tail::follow);
    return tail;
  }

  /** How far the consumer has come; start from it next time. */
  public LogCursor cursor() {
    return cursor;
  }

  /** Whether it is connected, and its consumer took what it was given last. */
  public boolean isFollowing() {
    return following && running;
  }

  private void follow() {
    while (running) {
      try (Session session = database.open("tail")) {
        session.connection().notificationHandler(ignored -> wakeUp.release());
        session.query("LISTEN freshet_event");
        while (running) {
          catchUp(session);
          following = true;
          await(interval);
        }
      } catch (DatabaseException lost) {
        following = false;
        if (running) {
          LOG.warnf("the log cannot be followed for the moment: %s", lost.getMessage());
          await(RETRY_WAIT);
        }
      } catch (RuntimeException refused) {
        following = false;
        LOG.errorf(refused, "a consumer of the log failed; it is given the same events again");
        await(RETRY_WAIT);
      }
    }
  }

  private void catchUp(Session session) {
    NewEvents page = NewEvents.after(cursor, session);
    deliver(page);
    while (!page.complete()) {
      page = page.next(cursor, session);
      deliver(page);
    }
    cursor = page.seen();
  }

  private void deliver(NewEvents page) {
    if (!page.events().isEmpty()) {
      consumer.accept(page.events());
    }
  }

  private void await(Duration longest) {
    try {
      if (wakeUp.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        wakeUp.drainPermits();
      }
    } catch (InterruptedException closed) {
      running = false;
    }
  }

  @Override
  public void close() {
    running = false;
    wakeUp.release();
    Thread follower = requireNonNull(thread);
    try {
      if (!follower.join(CLOSE_WAIT)) {
        follower.interrupt();
      }
    } catch (InterruptedException interrupted) {
      follower.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
