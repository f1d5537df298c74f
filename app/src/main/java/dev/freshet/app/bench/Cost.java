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

  /** What work takes that is not one session's: wall time only. */
  static Cost ofWall(Runnable work) {
    long before = System.nanoTime();
    work.run();
    return new Cost((System.nanoTime() - before) / 1e6, Double.NaN);
  }

  /** The same with a CPU time that was measured over many runs. */
  Cost withCpu(double millis) {
    return new Cost(wallMillis, millis);
  }

  /** The median run, by what decides. */
  static Cost median(List<Cost> runs) {
    return runs.stream()
        .sorted(Comparator.comparingDouble(Cost::decisive))
        .toList()
        .get(runs.size() / 2);
  }
}
