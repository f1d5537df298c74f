package dev.freshet.app.bench;

import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.event.refresh.ComponentRefreshed;
import dev.freshet.catalog.event.scheduler.HousekeepingRequested;
import dev.freshet.catalog.event.scheduler.PreparationRequested;
import dev.freshet.catalog.event.scheduler.RefreshRequested;
import dev.freshet.catalog.event.scheduler.WorkRequested;
import dev.freshet.catalog.freshness.FreshnessCycles;
import dev.freshet.catalog.graph.Staleness;
import dev.freshet.scheduler.tick.SchedulerSettings;
import dev.freshet.scheduler.tick.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * The service's own ticks, one after another, while nothing changes.
 *
 * <p>Its clock runs so fast that every stream table is due at every tick; an outcome of nothing
 * wakes the ticker, so that no interval is waited for.
 */
final class IdleTicks {

  private final Ticker ticker;
  private final Runnable inBetween;
  private final List<Cost> ticks = new ArrayList<>();
  private final List<Cost> between = new ArrayList<>();
  private long begun;

  /**
   * @param inBetween what is measured between ticks, to compare with
   */
  IdleTicks(Staleness staleness, Runnable inBetween) {
    this.inBetween = inBetween;
    this.ticker =
        new Ticker(
            staleness,
            IdleTicks::requireNoWork,
            new FastClock(Instant.now()),
            FreshnessCycles.UNHEARD,
            new SchedulerSettings(
                true, Duration.ofSeconds(1), Duration.ofSeconds(1), ZoneOffset.UTC, 1));
  }

  private static void requireNoWork(WorkRequested work) {
    switch (work) {
      case HousekeepingRequested _ -> {
        // Never answered, and so asked for once only.
      }
      case RefreshRequested _, PreparationRequested _ ->
          throw new IllegalStateException("an idle tick asked for work: " + work);
    }
  }

  /** Runs so many ticks, and one more to begin with. */
  IdleTicks run(Session session, int count) {
    try {
      ticker.run(session, () -> next(count));
      return this;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the benchmark was interrupted", interrupted);
    }
  }

  private boolean next(int count) {
    if (begun != 0) {
      ticks.add(new Cost((System.nanoTime() - begun) / 1e6, Double.NaN));
    }
    between.add(Cost.ofWall(inBetween));
    ticker.ended(new ComponentRefreshed(0, List.of()));
    begun = System.nanoTime();
    return ticks.size() < count;
  }

  List<Cost> ticks() {
    return ticks;
  }

  List<Cost> between() {
    return between;
  }

  /** A minute later each time it is asked. */
  private static final class FastClock extends Clock {

    private Instant now;

    FastClock(Instant now) {
      this.now = now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      now = now.plus(Duration.ofMinutes(1));
      return now;
    }
  }
}
