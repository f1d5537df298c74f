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
 */
public record CostForecast(Optional<CostLine> differential, OptionalDouble fullMs, double ratio) {

  /** Nothing is known. */
  public static final CostForecast NONE =
      new CostForecast(Optional.empty(), OptionalDouble.empty(), 1);

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
    if (!(ratio > 0)) {
      throw new IllegalArgumentException("a ratio of costs must be positive: " + ratio);
    }
  }

  /** What a refresh of so many changes takes by differences. */
  public OptionalDouble differentialMs(long changes) {
    return differential
        .map(line -> OptionalDouble.of(line.msFor(changes)))
        .orElseGet(OptionalDouble::empty);
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
    if (differential.isEmpty() || limit.isEmpty() || changes > differential.get().changesMax()) {
      return Verdict.UNKNOWN;
    }
    return differential.get().msFor(changes) > limit.getAsDouble()
        ? Verdict.FULL
        : Verdict.DIFFERENTIAL;
  }
}
