package dev.freshet.refresh.worker;

import static java.util.Objects.requireNonNull;

import dev.freshet.refresh.RefreshConfiguration;
import java.time.Duration;

/**
 * The settings in force.
 *
 * @param timeout of a statement; zero is for ever
 */
public record WorkerSettings(
    int errorsMax,
    Duration timeout,
    Duration lockTimeout,
    String workMem,
    double fullThreshold,
    Duration historyRetention) {

  public WorkerSettings {
    requireNonNull(timeout);
    requireNonNull(lockTimeout);
    requireNonNull(workMem);
    requireNonNull(historyRetention);
    if (errorsMax < 1) {
      throw new IllegalArgumentException("freshet.max-consecutive-errors must be at least 1");
    }
    if (!(fullThreshold > 0)) {
      throw new IllegalArgumentException("freshet.full-threshold must be positive");
    }
  }

  public static WorkerSettings of(RefreshConfiguration configuration) {
    return new WorkerSettings(
        configuration.maxConsecutiveErrors(),
        configuration.refreshTimeout(),
        configuration.refreshLockTimeout(),
        configuration.refreshWorkMem(),
        configuration.fullThreshold(),
        configuration.historyRetention());
  }

  /** What holds without configuration. */
  public static WorkerSettings defaults() {
    return new WorkerSettings(
        3, Duration.ofHours(1), Duration.ofSeconds(1), "64MB", 0.5, Duration.ofDays(7));
  }
}
