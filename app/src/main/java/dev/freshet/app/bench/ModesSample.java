package dev.freshet.app.bench;

import static java.util.Objects.requireNonNull;

import dev.freshet.prediction.Extent;

/**
 * One decision: what was known before it, and what both ways took.
 *
 * @param subject which stream table
 * @param kind of its view
 * @param cycle of the subject, from 0
 * @param extent as a service would have known it
 * @param firstMs what the subject's first population took
 */
record ModesSample(
    int subject, String kind, int cycle, Extent extent, double firstMs, Timing timing) {

  ModesSample {
    requireNonNull(kind);
    requireNonNull(extent);
    requireNonNull(timing);
  }

  /**
   * What both ways took on one state.
   *
   * @param changes of the sources
   */
  record Timing(long changes, double differentialMs, double fullMs) {

    /** What the cheaper way took. */
    double bestMs() {
      return Math.min(differentialMs, fullMs);
    }

    double chosenMs(boolean differential) {
      return differential ? differentialMs : fullMs;
    }
  }
}
