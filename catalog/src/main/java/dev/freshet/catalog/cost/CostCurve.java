package dev.freshet.catalog.cost;

/** What a refresh by differences costs, by the number of changes; never falls. */
public sealed interface CostCurve permits CostLine, BentLine {

  /** What a refresh of so many changes takes, in milliseconds. */
  double msFor(long changes);

  /** Up to how many changes that is knowledge; beyond it would be a guess. */
  long changesMax();

  /**
   * A straight line that stands for it up to so many changes: the same there, and close to it down
   * to a tenth of them.
   */
  CostLine lineUpTo(long changes);
}
