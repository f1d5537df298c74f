package dev.freshet.prediction;

import java.util.Optional;

/** How it is predicted which way of refreshing is cheaper. */
public enum PredictionPolicy {
  /** A line through the refreshes by differences of the last hour, against the last FULL. */
  REGRESSION("regression"),
  /** A model of each way, which knows how large sources and result are. */
  TWO_ARM("two-arm");

  private final String text;

  PredictionPolicy(String text) {
    this.text = text;
  }

  /** As it stands in the configuration. */
  public String text() {
    return text;
  }

  static Optional<PredictionPolicy> of(String text) {
    for (PredictionPolicy policy : values()) {
      if (policy.text.equals(text)) {
        return Optional.of(policy);
      }
    }
    return Optional.empty();
  }
}
