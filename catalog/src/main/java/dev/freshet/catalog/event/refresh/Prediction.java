package dev.freshet.catalog.event.refresh;

import static java.util.Objects.requireNonNull;

import java.util.OptionalDouble;

/** What each mode was expected to cost, in milliseconds, where that was known. */
public record Prediction(OptionalDouble differentialMs, OptionalDouble fullMs) {

  /** Nothing was known. */
  public static final Prediction NONE =
      new Prediction(OptionalDouble.empty(), OptionalDouble.empty());

  public Prediction {
    requireNonNull(differentialMs);
    requireNonNull(fullMs);
  }
}
