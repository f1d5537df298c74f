package dev.freshet.prediction;

import static java.util.Objects.requireNonNull;

import dev.freshet.catalog.cost.Overrun;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What is known of the refreshes of one stream table. Immutable.
 *
 * <p>The window is kept in slices, each with the moments of its points, so that the memory it takes
 * depends neither on the length of the window nor on how often the stream table is refreshed. It
 * moves on by slices.
 *
 * @param revision of its event stream up to which this goes: what was seen is not counted again
 * @param slices by their number, counted from the epoch
 * @param fullMs what the last FULL took
 * @param lastChanges how many changes the last refresh by differences read
 * @param overrun the last one that was given up
 */
record CostHistory(
    long revision,
    NavigableMap<Long, Slice> slices,
    OptionalDouble fullMs,
    OptionalLong lastChanges,
    Optional<CountedOverrun> overrun) {

  /** A window has so many. */
  static final int SLICES = 60;

  static final CostHistory NONE =
      new CostHistory(
          0, new TreeMap<>(), OptionalDouble.empty(), OptionalLong.empty(), Optional.empty());

  /**
   * A part of the window.
   *
   * @param changesMax of its points
   */
  record Slice(Moments moments, long changesMax) {
    static final Slice NONE = new Slice(Moments.NONE, 0);

    Slice {
      requireNonNull(moments);
    }

    Slice plus(Slice other) {
      return new Slice(moments.plus(other.moments), Math.max(changesMax, other.changesMax));
    }
  }

  /**
   * A refresh that was given up, and how long that counts: for a few refreshes by the whole query,
   * for twice as many each time that it happens again. What made it slow may have passed.
   *
   * @param left for so many more
   * @param times for so many it was to count at first
   */
  record CountedOverrun(Overrun overrun, int left, int times) {
    private static final int TIMES_MIN = 4;
    private static final int TIMES_MAX = 64;

    CountedOverrun {
      requireNonNull(overrun);
    }

    static CountedOverrun after(Optional<CountedOverrun> before, Overrun overrun) {
      int times = before.map(last -> Math.min(TIMES_MAX, 2 * last.times())).orElse(TIMES_MIN);
      return new CountedOverrun(overrun, times, times);
    }

    CountedOverrun counted() {
      return new CountedOverrun(overrun, Math.max(0, left - 1), times);
    }
  }

  CostHistory {
    slices = new TreeMap<>(slices);
    requireNonNull(fullMs);
    requireNonNull(lastChanges);
    requireNonNull(overrun);
  }

  static Duration slice(Duration window) {
    return window.dividedBy(SLICES);
  }

  /** With a refresh by differences; what is no measurement is left out. */
  CostHistory withDifferential(Instant end, long changes, double ms, Duration window) {
    if (changes < 0 || !Double.isFinite(ms) || ms < 0) {
      return this;
    }
    NavigableMap<Long, Slice> next = within(end, window);
    next.merge(
        number(end, window), new Slice(Moments.of((double) changes, ms), changes), Slice::plus);
    return new CostHistory(
        revision,
        next,
        fullMs,
        OptionalLong.of(changes),
        // As large a one has come to its end.
        overrun.filter(last -> last.overrun().changes() > changes));
  }

  /** With a refresh by differences that was given up; followed by that of the whole query. */
  CostHistory withOverrun(long changes, double ms) {
    return changes >= 0 && Double.isFinite(ms) && ms >= 0
        ? new CostHistory(
            revision,
            slices,
            fullMs,
            lastChanges,
            Optional.of(CountedOverrun.after(overrun, new Overrun(changes, ms))))
        : this;
  }

  /** The refresh that was given up, while it counts. */
  Optional<Overrun> countedOverrun() {
    return overrun.filter(last -> last.left() > 0).map(CountedOverrun::overrun);
  }

  /** With a refresh by the whole query. */
  CostHistory withFull(double ms) {
    return Double.isFinite(ms) && ms >= 0
        ? new CostHistory(
            revision,
            slices,
            OptionalDouble.of(ms),
            lastChanges,
            overrun.map(CountedOverrun::counted))
        : this;
  }

  CostHistory at(long newRevision) {
    return new CostHistory(newRevision, slices, fullMs, lastChanges, overrun);
  }

  /** Without what was learned of another definition. */
  CostHistory redefined() {
    return new CostHistory(
        revision, new TreeMap<>(), fullMs, OptionalLong.empty(), Optional.empty());
  }

  /** All points of the window. */
  Slice pointsOf(Instant now, Duration window) {
    Slice all = Slice.NONE;
    for (Slice slice : within(now, window).values()) {
      all = all.plus(slice);
    }
    return all;
  }

  /**
   * The slices of the window around a time: after it as well as before, for the clock may have been
   * set back.
   */
  private NavigableMap<Long, Slice> within(Instant time, Duration window) {
    long present = number(time, window);
    return new TreeMap<>(slices.subMap(present - SLICES, false, present + SLICES, false));
  }

  private static long number(Instant time, Duration window) {
    return Math.floorDiv(time.toEpochMilli(), slice(window).toMillis());
  }
}
