package dev.freshet.refresh.maintain;

import static java.util.Objects.requireNonNull;

/** Whether a stream table can be maintained by deltas. */
public sealed interface Maintainability {

  /** Every operator has its rule. */
  record Differential() implements Maintainability {}

  /**
   * It is computed whole, and applied as the difference.
   *
   * @param code stable: {@code outer_join}
   * @param sentence what was found, and what to write instead
   * @param position in the defining query as PostgreSQL prints it, counted from 1; 0 where there is
   *     none
   */
  record FullOnly(String code, String sentence, int position) implements Maintainability {
    public FullOnly {
      requireNonNull(code);
      requireNonNull(sentence);
    }
  }
}
