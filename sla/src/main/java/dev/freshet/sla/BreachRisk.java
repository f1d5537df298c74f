package dev.freshet.sla;

import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How probable it is that the next cycle breaches the objective. Pure.
 *
 * <p>What a cycle takes beyond its period, waiting and refreshing, is taken to be log-normal, with
 * the moments of the last cycles: it is never negative, and now and then much longer. So a breach
 * is seen coming before there was any.
 */
final class BreachRisk {

  private static final double MS_MIN = 0.1;

  /** Nothing repeats itself more exactly than this. */
  private static final double SIGMA_MIN = 0.05;

  /** A logistic curve is the normal distribution's, to within 0.01. */
  private static final double LOGISTIC = 1.702;

  private BreachRisk() {}

  /** From 0 to 1; empty while fewer than three cycles are known, or firing times say how long. */
  static OptionalDouble of(Objective objective, Freshness freshness) {
    double[] logarithms =
        IntStream.range(0, freshness.waits().values().size())
            .mapToDouble(cycle ->
                freshness.waits().values().get(cycle) + freshness.durations().values().get(cycle))
            .map(ms -> Math.log(Math.max(MS_MIN, ms)))
            .toArray();
    if (objective.period().isEmpty() || logarithms.length < Freshness.CYCLES) {
      return OptionalDouble.empty();
    }
    double roomMs =
        objective.sla().toMillis()
            - (double) objective.period().get().toMillis() * objective.tier().multiplier();
    if (roomMs <= 0) {
      return OptionalDouble.of(1);
    }
    double mean = DoubleStream.of(logarithms).average().orElseThrow();
    double variance =
        DoubleStream.of(logarithms).map(value -> (value - mean) * (value - mean)).sum()
            / (logarithms.length - 1);
    double distance = (Math.log(roomMs) - mean) / Math.max(SIGMA_MIN, Math.sqrt(variance));
    return OptionalDouble.of(1 / (1 + Math.exp(LOGISTIC * distance)));
  }
}
