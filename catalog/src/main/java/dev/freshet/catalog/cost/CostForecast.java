package dev.freshet.catalog.cost;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the two ways of refreshing a stream table are expected to cost.
 *
 * @param differential by differences; empty where too little is known
 * @param fullMs by the whole query: what the last one took; empty if there was none
 * @param ratio FULL is chosen where differences cost more than so many times that
 * @param overrun the last refresh by differences that was given up, for as long as it counts
 * @param patience how long one may take that was predicted to be cheaper
 */
public record CostForecast(
    Optional<CostLine> differential,
    OptionalDouble fullMs,
    double ratio,
    Optional<Overrun> overrun,
    Patience patience) {

  /** Nothing is known. */
  public static final CostForecast NONE =
      new CostForecast(
          Optional.empty(), OptionalDouble.empty(), 1, Optional.empty(), Patience.ENDLESS);

  /** Which way is cheaper. */
  public enum Verdict {
    DIFFERENTIAL,
    FULL,
    /** Too little is known to say. */
    UNKNOWN
  }

  public CostForecast {
    requireNonNull(differential);
    requireNonNull(fullMs);
    requireNonNull(overrun);
    requireNonNull(patience);
    if (!(ratio > 0)) {
      throw new IllegalArgumentException("a ratio of costs must be positive: " + ratio);
    }
  }

  /** What a refresh of so many changes takes by differences. */
  public OptionalDouble differentialMs(long changes) {
    if (differential.isEmpty()) {
      return OptionalDouble.empty();
    }
    double atLeast = isLikeOverrun(changes) ? overrun.orElseThrow().ms() : 0;
    return OptionalDouble.of(Math.max(atLeast, differential.get().msFor(changes)));
  }

  private boolean isLikeOverrun(long changes) {
    return overrun.isPresent() && changes >= overrun.get().changes();
  }

  /** The most that a refresh by differences may be expected to take. */
  public OptionalDouble limitMs() {
    return fullMs.isPresent()
        ? OptionalDouble.of(fullMs.getAsDouble() * ratio)
        : OptionalDouble.empty();
  }

  /** Which way is cheaper for so many changes. */
  public Verdict verdict(long changes) {
    OptionalDouble limit = limitMs();
    OptionalDouble differentialMs = differentialMs(changes);
    if (differentialMs.isEmpty() || limit.isEmpty() || !isKnown(changes)) {
      return Verdict.UNKNOWN;
    }
    return differentialMs.getAsDouble() > limit.getAsDouble() ? Verdict.FULL : Verdict.DIFFERENTIAL;
  }

  private boolean isKnown(long changes) {
    return isLikeOverrun(changes)
        || differential.filter(line -> changes <= line.changesMax()).isPresent();
  }

  /**
   * After how long a refresh of so many changes by differences is given up and done whole. Not
   * before it has cost as much as it might have been expected to: then the whole costs at most as
   * much again.
   *
   * @return empty unless a prediction has chosen differences, and where patience is endless
   */
  public OptionalDouble giveUpAfterMs(long changes) {
    if (patience.factor() == 0 || verdict(changes) != Verdict.DIFFERENTIAL) {
      return OptionalDouble.empty();
    }
    double predicted = differentialMs(changes).orElseThrow() * patience.factor();
    return OptionalDouble.of(
        Math.max(patience.msMin(), Math.max(predicted, limitMs().orElseThrow())));
  }
}
