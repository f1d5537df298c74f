package dev.freshet.prediction;

/**
 * By how much everything takes longer at present than the models say: the machine's, shared by all
 * stream tables of a database. Immutable.
 *
 * @param logarithm of the factor
 */
record Load(double logarithm) {

  static final Load NONE = new Load(0);

  private static final double PERSISTENCE = 0.85;

  /** One refresh that took far longer says more of itself than of the machine. */
  private static final double STEP_MAX = 1.5;

  private static final double MS_MIN = 1e-3;

  /**
   * After a refresh.
   *
   * @param expectedMs what it would have taken without load
   */
  Load after(double ms, double expectedMs) {
    double ratio = Math.log(Math.max(MS_MIN, ms) / Math.max(MS_MIN, expectedMs));
    return new Load(
        PERSISTENCE * logarithm + (1 - PERSISTENCE) * Math.clamp(ratio, -STEP_MAX, STEP_MAX));
  }

  double factor() {
    return Math.exp(logarithm);
  }
}
