package dev.freshet.catalog.cost;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What the two ways of refreshing a stream table are expected to cost.
 *
 * @param differential by differences; empty where too little is known
 * @param fullMs by the whole query; empty if there was none
 * @param fullBeyond for more changes than so many FULL is cheaper; empty where the ratio says it
 * @param ratio FULL is chosen where differences cost more than so many times what it costs
 * @param overrun the last refresh by differences that was given up, for as long as it counts
 * @param patience how long one may take that was predicted to be cheaper
 */
public record CostForecast(
    Optional<? extends CostCurve> differential,
    OptionalDouble fullMs,
    OptionalLong fullBeyond,
    double ratio,
    Optional<Overrun> overrun,
    Patience patience) {

  /** Nothing is known. */
  public static final CostForecast NONE =
      new CostForecast(
          Optional.empty(),
          OptionalDouble.empty(),
          OptionalLong.empty(),
          1,
          Optional.empty(),
          Patience.ENDLESS);

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
    requireNonNull(fullBeyond);
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
    boolean tooSlow = differentialMs.getAsDouble() > limit.getAsDouble();
    boolean full =
        fullBeyond.isPresent()
            ? changes > fullBeyond.getAsLong() || (isLikeOverrun(changes) && tooSlow)
            : tooSlow;
    return full ? Verdict.FULL : Verdict.DIFFERENTIAL;
  }

  /**
   * The most that a line may say, for what is not to be looked at again; for who judges by the line
   * alone.
   *
   * @param line that stands for the differences
   * @param changesMax for so many changes at most
   */
  public OptionalDouble limitMs(CostLine line, long changesMax) {
    if (fullBeyond.isEmpty()) {
      return limitMs();
    }
    long beyond = fullBeyond.getAsLong();
    if (beyond >= changesMax) {
      return OptionalDouble.empty();
    }
    // Where each number of changes costs the same, the line cannot tell them apart.
    return OptionalDouble.of(line.slopeMs() > 0 ? line.msFor(beyond) : -1);
  }

  private boolean isKnown(long changes) {
    return isLikeOverrun(changes)
        || differential.filter(curve -> changes <= curve.changesMax()).isPresent();
  }

  /**
   * After how long a refresh by differences, which a prediction has chosen, is given up and done
   * whole. Not before it has cost as much as it might have been expected to: then the whole costs
   * at most as much again.
   *
   * @param changesMax it reads no more than so many; FULL may be cheaper for as many
   * @return empty where nothing is predicted, and where patience is endless
   */
  public OptionalDouble giveUpAfterMs(long changesMax) {
    if (patience.factor() == 0 || verdict(changesMax) == Verdict.UNKNOWN) {
      return OptionalDouble.empty();
    }
    double limit = limitMs().orElseThrow();
    double predicted = Math.min(limit, differentialMs(changesMax).orElseThrow());
    return OptionalDouble.of(
        Math.max(patience.msMin(), Math.max(predicted * patience.factor(), limit)));
  }
}
