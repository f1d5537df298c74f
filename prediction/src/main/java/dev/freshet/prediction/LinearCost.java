package dev.freshet.prediction;

/**
 * A cost that is a sum of shares, {@code y = θ·φ + noise}, learned one refresh at a time.
 *
 * <pre>
 *   Λ ← λΛ + wφφᵀ    b ← λb + wyφ    w = 1 / (0.5 · max(y, ŷ))²
 *   θ = argmin ½θᵀ(Λ₀ + Λ)θ − (Λ₀θ₀ + b)ᵀθ   over θ ≥ 0
 * </pre>
 *
 * <p>Recursive least squares with forgetting, but only what was measured is forgotten, never the
 * prior Λ₀: refreshes that are all alike would otherwise leave the other directions with no
 * knowledge at all, and the next odd one would throw θ anywhere. No share is negative, since no
 * work takes less than no time. The weight makes it errors in proportion that are small: a spike of
 * ten times counts as a tenth of one.
 *
 * <p>Shares are counted in what the prior said of them: features are milliseconds of the prior, so
 * θ₀ is 1 everywhere, and the units of rows do not matter. Immutable; a few hundred operations.
 */
final class LinearCost {

  private static final double FORGETTING = 0.97;

  /** The same for a refresh that was done the other way. */
  private static final double AGEING = 0.95;

  /** Of a duration, what is chance. */
  private static final double NOISE = 0.5;

  /** A duration that no clock tells from none, and one that nobody has waited for. */
  private static final double MS_MIN = 1e-3;

  private static final double MS_MAX = 1e12;

  private final double priorPrecision;
  private final double[][] precision;
  private final double[] moment;
  private final QuadraticForm form;
  private final double[] shares;
  private final long samples;

  private LinearCost(double priorPrecision, double[][] precision, double[] moment, long samples) {
    this.priorPrecision = priorPrecision;
    this.precision = precision;
    this.moment = moment;
    this.samples = samples;
    this.form = new QuadraticForm(total(), priorPrecision);
    this.shares = form.leastNowhereNegative(withPrior());
  }

  /**
   * Before anything was measured.
   *
   * @param size how many features there are
   * @param spread of a share, as a multiple of it: 1 is "twice as much would not surprise"
   */
  static LinearCost prior(int size, double spread) {
    return new LinearCost(1 / (spread * spread), new double[size][size], new double[size], 0);
  }

  /** How many refreshes it has learned from. */
  long samples() {
    return samples;
  }

  /**
   * With a refresh that took so long.
   *
   * @param features milliseconds, as the prior had them
   */
  LinearCost with(double[] features, double ms) {
    double took = Math.clamp(ms, MS_MIN, MS_MAX);
    double error = NOISE * Math.max(took, Math.min(MS_MAX, expected(features)));
    double weight = 1 / (error * error);
    int size = moment.length;
    double[][] nextPrecision = new double[size][size];
    double[] nextMoment = new double[size];
    for (int i = 0; i < size; i++) {
      nextMoment[i] = FORGETTING * moment[i] + weight * took * features[i];
      for (int j = 0; j < size; j++) {
        nextPrecision[i][j] = FORGETTING * precision[i][j] + weight * features[i] * features[j];
      }
    }
    return new LinearCost(priorPrecision, nextPrecision, nextMoment, samples + 1);
  }

  /** With what it has learned counting less: it was not tried, and things change. */
  LinearCost aged() {
    int size = moment.length;
    double[][] nextPrecision = new double[size][size];
    double[] nextMoment = new double[size];
    for (int i = 0; i < size; i++) {
      nextMoment[i] = AGEING * moment[i];
      for (int j = 0; j < size; j++) {
        nextPrecision[i][j] = AGEING * precision[i][j];
      }
    }
    return new LinearCost(priorPrecision, nextPrecision, nextMoment, samples);
  }

  /** θ·φ, in milliseconds. */
  double expected(double[] features) {
    double sum = 0;
    for (int i = 0; i < shares.length; i++) {
      sum += shares[i] * features[i];
    }
    return sum;
  }

  /** How far the expectation may be off, for want of knowledge: its standard deviation. */
  double uncertainty(double[] features) {
    return Math.sqrt(form.inverseOf(features));
  }

  /** θ: each share as a multiple of what the prior said. */
  double share(int feature) {
    return shares[feature];
  }

  private double[][] total() {
    double[][] total = new double[moment.length][];
    for (int i = 0; i < moment.length; i++) {
      total[i] = precision[i].clone();
      total[i][i] += priorPrecision;
    }
    return total;
  }

  private double[] withPrior() {
    double[] total = moment.clone();
    for (int i = 0; i < total.length; i++) {
      total[i] += priorPrecision;
    }
    return total;
  }
}
