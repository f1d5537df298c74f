package dev.freshet.refresh.capture;

import static java.util.Objects.requireNonNull;

/** What came of making sure that a source is captured. */
public sealed interface CaptureOutcome {

  /**
   * Capture was installed, extended or repaired, and is committed. A population or FULL refresh of
   * whoever needed it must take its snapshot from now on.
   */
  record Installed(int generation) implements CaptureOutcome {}

  /** Everything asked for is captured already. */
  record AlreadyThere(int generation) implements CaptureOutcome {}

  /**
   * The source's lock was not to be had in time; nothing happened. To be tried again, after a pause
   * that doubles.
   */
  record Busy() implements CaptureOutcome {}

  /**
   * It cannot be captured.
   *
   * @param code stable: {@code no_such_table}, {@code no_such_column}, {@code temporary}, {@code
   *     system_catalog}, {@code materialized_view}, {@code foreign_table}, {@code foreign_member},
   *     {@code view}, {@code not_a_table}, {@code no_trigger_privilege}, {@code
   *     subscription_needs_owner}, {@code refused}
   */
  record NotPossible(String code, String sentence, String hint) implements CaptureOutcome {
    public NotPossible {
      requireNonNull(code);
      requireNonNull(sentence);
      requireNonNull(hint);
    }
  }
}
