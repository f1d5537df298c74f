package dev.freshet.prediction;

/**
 * What a regression must know of its points: how many, their mean, and the sums of squares and
 * products of their distances from it.
 *
 * <p>Sums of distances, and not of the values: the difference of two large sums of squares has few
 * digits left.
 */
record Moments(long count, double meanX, double meanY, double sxx, double sxy, double syy) {

  static final Moments NONE = new Moments(0, 0, 0, 0, 0, 0);

  static Moments of(double x, double y) {
    return new Moments(1, x, y, 0, 0, 0);
  }

  /** Of the points of both. */
  Moments plus(Moments other) {
    if (count == 0) {
      return other;
    }
    if (other.count == 0) {
      return this;
    }
    long all = count + other.count;
    double share = (double) other.count / all;
    double weight = count * share;
    double dx = other.meanX - meanX;
    double dy = other.meanY - meanY;
    return new Moments(
        all,
        meanX + dx * share,
        meanY + dy * share,
        sxx + other.sxx + dx * dx * weight,
        sxy + other.sxy + dx * dy * weight,
        syy + other.syy + dy * dy * weight);
  }
}
