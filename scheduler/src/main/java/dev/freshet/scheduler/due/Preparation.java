package dev.freshet.scheduler.due;

/** Whether a stream table's definition and capture are ready for a refresh. */
public sealed interface Preparation {

  /** They are. */
  record Ready() implements Preparation {}

  /**
   * They are of an older epoch.
   *
   * @param epoch the present one
   */
  record Needed(long epoch) implements Preparation {}

  /** The definition is lost; only a command can bring it back. */
  record Impossible() implements Preparation {}
}
