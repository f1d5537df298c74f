package dev.freshet.prediction;

import java.util.Optional;

/**
 * The straight line with the least squares of vertical distances.
 *
 * <pre>
 *   slope = Sxy / Sxx      intercept = ȳ − slope · x̄      r² = Sxy² / (Sxx · Syy)
 * </pre>
 *
 * @param slopeError the standard error of the slope; infinite where two points leave nothing to
 *     judge it by
 */
record Regression(double slope, double intercept, double rSquared, double slopeError) {

  /** Counts of changes are whole numbers: two that differ have more than this. */
  private static final double SXX_MIN = 0.25;

  /** Empty where all points have one x, which no line explains. */
  static Optional<Regression> of(Moments points) {
    if (points.count() < 2 || !(points.sxx() > SXX_MIN)) {
      return Optional.empty();
    }
    double slope = points.sxy() / points.sxx();
    double intercept = points.meanY() - slope * points.meanX();
    if (!Double.isFinite(slope) || !Double.isFinite(intercept)) {
      return Optional.empty();
    }
    double explained = slope * points.sxy();
    double rSquared = points.syy() > 0 ? Math.clamp(explained / points.syy(), 0, 1) : 1;
    double unexplained = Math.max(0, points.syy() - explained);
    double slopeError =
        points.count() > 2
            ? Math.sqrt(unexplained / (points.count() - 2) / points.sxx())
            : Double.POSITIVE_INFINITY;
    return Optional.of(new Regression(slope, intercept, rSquared, slopeError));
  }

  /** Whether the slope is more than what chance would give. */
  boolean isSignificant() {
    return slope > 2 * slopeError;
  }
}
