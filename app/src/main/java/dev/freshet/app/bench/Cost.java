package dev.freshet.app.bench;

import java.util.Comparator;
import java.util.List;

/**
 * What some work took.
 *
 * @param wallMillis as the client saw it
 * @param cpuMillis of the server's process; NaN where it cannot be read
 */
record Cost(double wallMillis, double cpuMillis) {

  /** The one to compare by: CPU where it is known. */
  double decisive() {
    return Double.isNaN(cpuMillis) ? wallMillis : cpuMillis;
  }

  /** The median run, by what decides. */
  static Cost median(List<Cost> runs) {
    return runs.stream()
        .sorted(Comparator.comparingDouble(Cost::decisive))
        .toList()
        .get(runs.size() / 2);
  }
}
