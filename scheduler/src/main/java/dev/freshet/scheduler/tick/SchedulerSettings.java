package dev.freshet.scheduler.tick;

import static java.util.Objects.requireNonNull;

import dev.freshet.scheduler.SchedulerConfiguration;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings in force, checked.
 *
 * @param enabled whether anything is refreshed
 * @param componentsMax how many components are refreshed at the same time
 */
public record SchedulerSettings(
    boolean enabled,
    Duration tickInterval,
    Duration defaultSchedule,
    ZoneId timezone,
    int componentsMax) {

  private static final Duration TICK_INTERVAL_MIN = Duration.ofMillis(10);
  private static final int WORKERS_MAX = 32;
  private static final Set<String> ON = Set.of("on", "true", "yes", "1");
  private static final Set<String> OFF = Set.of("off", "false", "no", "0");

  public SchedulerSettings {
    requireNonNull(timezone);
    // 0 and 1 are one after another.
    componentsMax = Math.max(1, componentsMax);
    if (tickInterval.compareTo(TICK_INTERVAL_MIN) < 0) {
      throw new IllegalArgumentException("freshet.tick-interval must be at least 10ms");
    }
    if (!defaultSchedule.isPositive()) {
      throw new IllegalArgumentException("freshet.default-schedule must be positive");
    }
  }

  /**
   * The service's configuration.
   *
   * @throws IllegalArgumentException if it makes no sense; then the service does not start
   */
  public static SchedulerSettings of(SchedulerConfiguration configuration) {
    int workers = configuration.maxParallelWorkers();
    if (workers < 0 || workers > WORKERS_MAX) {
      throw new IllegalArgumentException("freshet.max-parallel-workers must be 0 to 32");
    }
    return new SchedulerSettings(
        configuration.enabled(),
        configuration.tickInterval(),
        configuration.defaultSchedule(),
        configuration.timezone(),
        workers);
  }

  /**
   * With what the database says; PostgreSQL takes any text there, so what makes no sense is left
   * out.
   */
  SchedulerSettings with(Map<String, String> ofDatabase) {
    boolean on =
        Optional.ofNullable(ofDatabase.get("freshet.enabled"))
            .flatMap(SchedulerSettings::flag)
            .orElse(enabled);
    int workers =
        Optional.ofNullable(ofDatabase.get("freshet.max_parallel_workers"))
            .flatMap(SchedulerSettings::workers)
            .orElse(componentsMax);
    return new SchedulerSettings(on, tickInterval, defaultSchedule, timezone, workers);
  }

  private static Optional<Boolean> flag(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    if (ON.contains(word)) {
      return Optional.of(true);
    }
    return OFF.contains(word) ? Optional.of(false) : Optional.empty();
  }

  private static Optional<Integer> workers(String text) {
    return Optional.of(text)
        .filter(number -> number.matches("\\d{1,2}"))
        .map(Integer::valueOf)
        .filter(number -> number <= WORKERS_MAX);
  }
}
