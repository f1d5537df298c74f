package dev.freshet.refresh.capture;

import java.util.Set;

/**
 * What a reader has not read.
 *
 * @param reader the position of the reader among those asked for
 * @param generations the generations of buffers it is in; one that lacks the reader's columns means
 *     FULL
 * @param changes the number of buffer rows
 * @param deletions whether a row with a negative weight is among them
 * @param truncated whether the source was truncated: FULL
 * @param gap whether something could not be captured: FULL
 */
public record PendingChanges(
    int reader,
    Set<Integer> generations,
    long changes,
    boolean deletions,
    boolean truncated,
    boolean gap) {

  public PendingChanges {
    generations = Set.copyOf(generations);
  }

  /** Whether the changes themselves are known. */
  public boolean known() {
    return !truncated && !gap;
  }
}
