package dev.freshet.prediction;

import static java.util.Objects.requireNonNull;

/**
 * What is known of a stream table before it is refreshed, beside the number of changes: what kind
 * of work its changes make, and how much there is to be read and written.
 *
 * @param sourceRows of all of its sources, as the server estimates them
 * @param resultRows of the stream table
 */
public record Extent(DeltaWork work, double sourceRows, double resultRows) {

  private static final double ROWS_MAX = 1e15;

  public Extent {
    requireNonNull(work);
    sourceRows = rows(sourceRows);
    resultRows = rows(resultRows);
  }

  private static double rows(double estimated) {
    return estimated > 0 ? Math.min(estimated, ROWS_MAX) : 0;
  }

  /** What the whole query reads and writes. */
  double rows() {
    return sourceRows + resultRows;
  }

  /** After how many changes all rows of the sources are read again. */
  double changesUntilAllIsRead() {
    return work == DeltaWork.WHOLE ? 1 : Math.max(1, resultRows);
  }
}
