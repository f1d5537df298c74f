package dev.freshet.sla;

import static java.util.Objects.requireNonNull;

import dev.freshet.catalog.freshness.Tier;

/** What follows from a cycle. */
sealed interface Verdict {

  /** Nothing. */
  record Keep() implements Verdict {}

  /** The stream table goes to another tier. */
  record Assign(Tier tier) implements Verdict {
    public Assign {
      requireNonNull(tier);
    }
  }

  /** The objective is not met, and no tier of ours would help. */
  record Breach() implements Verdict {}
}
