package dev.freshet.scheduler.tick;

import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.event.refresh.WorkOutcome;
import dev.freshet.catalog.freshness.FreshnessCycles;
import dev.freshet.catalog.graph.Staleness;
import dev.freshet.scheduler.dispatch.PoolState;
import dev.freshet.scheduler.dispatch.UnderWay;
import dev.freshet.scheduler.dispatch.WorkRequests;
import java.time.Clock;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Looks at every interval, and at once when something has happened: an outcome has come in, a
 * command was committed.
 *
 * <p>Signals are taken in by any thread; everything else happens on the thread that calls {@link
 * #run}.
 */
public final class Ticker {

  /** What may wake it. */
  private sealed interface Signal {
    /** The catalog has changed. */
    record Changed() implements Signal {}

    /** Somebody waits for the service's answer. */
    record Asked() implements Signal {}

    /** Work has ended. */
    record Ended(WorkOutcome outcome) implements Signal {}
  }

  private static final String REQUESTS = "freshet_request";

  private final Staleness staleness;
  private final UnderWay work;
  private final Clock clock;
  private final FreshnessCycles cycles;
  private final SchedulerSettings settings;
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private volatile PoolState pool = PoolState.UNUSED;

  public Ticker(
      Staleness staleness,
      WorkRequests work,
      Clock clock,
      FreshnessCycles cycles,
      SchedulerSettings settings) {
    this.staleness = staleness;
    this.work = new UnderWay(work);
    this.clock = clock;
    this.cycles = cycles;
    this.settings = settings;
  }

  /** Requested work has ended. */
  public void ended(WorkOutcome outcome) {
    work.ended(outcome);
    signals.add(new Signal.Ended(outcome));
  }

  /** What was asked for and has not ended, also of earlier runs. */
  public UnderWay underWay() {
    return work;
  }

  /** The pool of workers after the last tick. */
  public PoolState pool() {
    return pool;
  }

  /** Ticks on a session of its own for as long as it is told to go on. */
  public void run(Session session, BooleanSupplier goOn) throws InterruptedException {
    // What was sent by an earlier leader is not answered to this one.
    signals.clear();
    session
        .connection()
        .notificationHandler(notice ->
            signals.add(
                notice.getChannel().equals(REQUESTS) ? new Signal.Asked() : new Signal.Changed()));
    session.query("LISTEN freshet_event; LISTEN " + REQUESTS);
    WatchedCatalog catalog = new WatchedCatalogQuery(session);
    Coordinator coordinator = new Coordinator(catalog, staleness, work, clock, cycles, settings);
    long interval = settings.tickInterval().toNanos();
    long next = System.nanoTime();
    while (goOn.getAsBoolean()) {
      coordinator.tick();
      pool = coordinator.pool();
      next = after(next, interval, System.nanoTime());
      Signal first = signals.poll(next - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (first != null) {
        takeIn(coordinator, first);
      }
    }
  }

  /**
   * When to look again, if nothing is heard until then. A look that a signal has caused puts off no
   * other: hundreds of signals would put it off for minutes.
   *
   * @param due when the next look was due, in nanoseconds of the machine, as the others
   */
  static long after(long due, long interval, long now) {
    return now - due < 0 ? due : Math.max(due + interval, now);
  }

  private void takeIn(Coordinator coordinator, Signal first) {
    boolean changed = false;
    for (Signal signal = first; signal != null; signal = signals.poll()) {
      switch (signal) {
        case Signal.Changed() -> changed = true;
        case Signal.Asked() -> coordinator.keepHouseSoon();
        case Signal.Ended(WorkOutcome outcome) -> coordinator.evolve(outcome);
      }
    }
    if (changed) {
      coordinator.reload();
    }
  }
}
