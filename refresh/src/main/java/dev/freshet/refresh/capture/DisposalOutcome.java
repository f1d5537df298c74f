package dev.freshet.refresh.capture;

/** What one step of disposal did for a source. */
public sealed interface DisposalOutcome {

  /**
   * It looked, and did what could be done.
   *
   * @param emptied how many buffers were emptied
   * @param rotated whether the writers were given the other buffer
   * @param bytes the size of the source's buffers afterwards
   */
  record Disposed(int emptied, boolean rotated, long bytes) implements DisposalOutcome {}

  /** Somebody was in the way; nothing happened. The next step will do it. */
  record Busy() implements DisposalOutcome {}
}
