package dev.freshet.refresh.maintain;

import static java.util.Objects.requireNonNull;

/**
 * What a plan is like as a whole.
 *
 * @param changesByItself whether the result depends on more than its sources: the time, chance, a
 *     function's tables
 * @param approximateFloats whether floats come out of aggregates, whose last digits depend on the
 *     order of evaluation
 * @param spelledByChance whether which of several equal values is shown depends on the order of
 *     evaluation
 */
record PlanTraits(
    Maintainability maintainability,
    boolean changesByItself,
    boolean approximateFloats,
    boolean spelledByChance) {
  PlanTraits {
    requireNonNull(maintainability);
  }
}
