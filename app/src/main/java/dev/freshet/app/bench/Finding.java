package dev.freshet.app.bench;

import static java.util.Objects.requireNonNull;

/**
 * A line of the report: one thing against another.
 *
 * @param scenario which: {@code filter}
 * @param setting under which circumstances: {@code 1 % changed}
 * @param ours what is measured
 * @param theirs what it is compared with
 * @param figure that by which goals are set; what it means stands in {@code meaning}
 */
record Finding(
    String scenario,
    String setting,
    String oursName,
    Cost ours,
    String theirsName,
    Cost theirs,
    double figure,
    String meaning) {

  Finding {
    requireNonNull(scenario);
    requireNonNull(setting);
    requireNonNull(oursName);
    requireNonNull(theirsName);
    requireNonNull(meaning);
  }

  /** How many times cheaper ours is. */
  static Finding cheaper(
      String scenario, String setting, String oursName, Cost ours, String theirsName, Cost theirs) {
    double ratio = theirs.decisive() / ours.decisive();
    return new Finding(
        scenario, setting, oursName, ours, theirsName, theirs, ratio, "times cheaper");
  }

  /** How many times more ours costs. */
  static Finding overhead(
      String scenario, String setting, String oursName, Cost ours, String theirsName, Cost theirs) {
    double ratio = ours.decisive() / theirs.decisive();
    return new Finding(
        scenario, setting, oursName, ours, theirsName, theirs, ratio, "times the cost");
  }

  /** How many milliseconds more ours takes, as the client sees it. */
  static Finding difference(
      String scenario, String setting, String oursName, Cost ours, String theirsName, Cost theirs) {
    double millis = ours.wallMillis() - theirs.wallMillis();
    return new Finding(scenario, setting, oursName, ours, theirsName, theirs, millis, "ms more");
  }
}
