package dev.freshet.prediction;

import static java.util.Objects.requireNonNull;

import dev.freshet.catalog.cost.BentLine;
import dev.freshet.catalog.cost.CostCurve;
import dev.freshet.catalog.cost.CostLine;

/**
 * What both ways of refreshing one stream table cost, each as a sum of shares.
 *
 * <pre>
 *   DIFFERENTIAL   1, n                    n changes of the sources
 *                  1, n, S · min(1, n/G)   where groups are read again: of S rows in G groups
 *   FULL           1, S, R                 R rows of the result
 * </pre>
 *
 * <p>The number of groups touched is not known beforehand; n is the most that it can be, and the
 * rows of the result stand for G. Before anything was measured, the first FULL says what a row
 * costs, c, and a change costs some of those. Immutable.
 *
 * @param rowMs c, in milliseconds
 * @param begun whether there was a refresh by differences; the first one makes its statements'
 *     plans, and says little of the next
 */
record TwoArms(
    double rowMs, DeltaWork work, boolean begun, LinearCost differential, LinearCost full) {

  /** A refresh of next to nothing: a transaction with its statements, in milliseconds. */
  private static final double LEAST_MS = 3;

  /** A first FULL of fewer rows says nothing of what a row costs. */
  private static final double ROWS_MIN = 1000;

  private static final double ROW_MS_MIN = 1e-9;
  private static final double FIRST_MS_MAX = 1e12;

  /** How far the prior may be off, in multiples of itself. */
  private static final double SPREAD = 3;

  /**
   * Of its uncertainty, so much is held in favour of DIFFERENTIAL: who never tries never learns.
   */
  private static final double OPTIMISM = 0.5;

  private static final int EXPONENT_MAX = 62;

  TwoArms {
    requireNonNull(work);
    requireNonNull(differential);
    requireNonNull(full);
  }

  /**
   * After the first FULL.
   *
   * @param firstMs what it took
   */
  static TwoArms after(double firstMs, Extent extent) {
    double first = Math.clamp(firstMs, 0, FIRST_MS_MAX);
    double ofRows = first - Math.min(LEAST_MS, first / 2);
    return new TwoArms(
        Math.max(ROW_MS_MIN, ofRows / Math.max(ROWS_MIN, extent.rows())),
        extent.work(),
        false,
        LinearCost.prior(rereads(extent.work()) ? 3 : 2, SPREAD),
        LinearCost.prior(3, SPREAD));
  }

  private static boolean rereads(DeltaWork work) {
    return work == DeltaWork.REREADING || work == DeltaWork.WHOLE;
  }

  /** How many rows a change costs as much as, before it was measured. */
  private double rowsPerChange() {
    return switch (work) {
      case LINEAR -> 4;
      case JOIN -> 8;
      case REREADING, WHOLE -> 4;
    };
  }

  private double[] features(Extent extent, long changes) {
    double ofChanges = rowMs * rowsPerChange() * changes;
    return rereads(work)
        ? new double[] {LEAST_MS, ofChanges, rowMs * rowsReadAgain(extent, changes)}
        : new double[] {LEAST_MS, ofChanges};
  }

  private static double rowsReadAgain(Extent extent, long changes) {
    return extent.sourceRows() * Math.min(1, changes / extent.changesUntilAllIsRead());
  }

  private double[] features(Extent extent) {
    return new double[] {LEAST_MS, rowMs * extent.sourceRows(), rowMs * extent.resultRows()};
  }

  /** With a refresh by differences that took so long. */
  TwoArms withDifferential(Extent extent, long changes, double ms) {
    LinearCost next = begun ? differential.with(features(extent, changes), ms) : differential;
    return new TwoArms(rowMs, work, true, next, full.aged());
  }

  /** With one that was given up after so long, and would have taken longer. */
  TwoArms withOverrun(Extent extent, long changes, double ms) {
    double[] features = features(extent, changes);
    double atLeast = Math.max(ms, differential.expected(features));
    return new TwoArms(rowMs, work, true, differential.with(features, atLeast), full);
  }

  /** With a refresh by the whole query that took so long. */
  TwoArms withFull(Extent extent, double ms) {
    return new TwoArms(rowMs, work, begun, differential.aged(), full.with(features(extent), ms));
  }

  double differentialMs(Extent extent, long changes) {
    return differential.expected(features(extent, changes));
  }

  double fullMs(Extent extent) {
    return full.expected(features(extent));
  }

  /** How far off the expectation for so many changes may be, as a share of it. */
  double uncertainty(Extent extent, long changes) {
    double[] features = features(extent, changes);
    double expected = differential.expected(features);
    return expected > 0 ? differential.uncertainty(features) / expected : Double.POSITIVE_INFINITY;
  }

  /** Whether FULL is cheaper for so many changes, in spite of all hope. */
  private boolean isFullCheaper(Extent extent, long changes) {
    double[] features = features(extent, changes);
    return fullMs(extent)
        < differential.expected(features) - OPTIMISM * differential.uncertainty(features);
  }

  /**
   * The most changes for which differences are tried; for more, FULL is cheaper.
   *
   * @return {@link Long#MAX_VALUE} if it never is
   */
  long fullBeyond(Extent extent) {
    long cheap = 0;
    for (int exponent = 0; exponent <= EXPONENT_MAX; exponent++) {
      long changes = 1L << exponent;
      if (isFullCheaper(extent, changes)) {
        return between(extent, cheap, changes);
      }
      cheap = changes;
    }
    return Long.MAX_VALUE;
  }

  private long between(Extent extent, long differential, long full) {
    long low = differential;
    long high = full;
    while (high - low > 1) {
      long middle = low + (high - low) / 2;
      if (isFullCheaper(extent, middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return low;
  }

  /**
   * What differences cost by the number of changes.
   *
   * @param factor by which all costs more at present
   */
  CostCurve curve(Extent extent, double factor) {
    double least = factor * differential.share(0) * LEAST_MS;
    double slope = factor * differential.share(1) * rowMs * rowsPerChange();
    if (!rereads(work)) {
      return new CostLine(least, slope, Long.MAX_VALUE);
    }
    double all = factor * differential.share(2) * rowMs * extent.sourceRows();
    return new BentLine(
        new CostLine(least, slope + all / extent.changesUntilAllIsRead(), Long.MAX_VALUE),
        new CostLine(least + all, slope, Long.MAX_VALUE));
  }
}
