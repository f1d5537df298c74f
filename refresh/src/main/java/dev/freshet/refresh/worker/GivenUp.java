package dev.freshet.refresh.worker;

import static java.util.Objects.requireNonNull;

import java.util.OptionalDouble;

/**
 * Why a refresh by differences was given up, to be done whole.
 *
 * @param reason {@code delta_error}: the differences contain rows that are not there any more, and
 *     an expression may fail for those alone; {@code cost_overrun}: it took far longer than was
 *     predicted
 * @param ms for {@code cost_overrun}, after how long
 */
record GivenUp(String reason, OptionalDouble ms) {

  GivenUp {
    requireNonNull(reason);
    requireNonNull(ms);
  }

  static GivenUp failed() {
    return new GivenUp("delta_error", OptionalDouble.empty());
  }

  static GivenUp after(double ms) {
    return new GivenUp("cost_overrun", OptionalDouble.of(ms));
  }
}
