package dev.freshet.scheduler.tick;

import static java.util.Objects.requireNonNull;

import dev.freshet.scheduler.SchedulerConfiguration;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

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
  private static final String ENABLED = "freshet.enabled";
  private static final String WORKERS = "freshet.max_parallel_workers";
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
      throw new IllegalArgumentException(
          "freshet.max-parallel-workers must be 0 to 32; it is %d".formatted(workers));
    }
    return new SchedulerSettings(
        configuration.enabled(),
        configuration.tickInterval(),
        configuration.defaultSchedule(),
        configuration.timezone(),
        workers);
  }

  /**
   * With what the database says; PostgreSQL takes any text there, and what makes no sense changes
   * nothing.
   *
   * @param before what was in force until now
   */
  SchedulerSettings with(Map<String, String> ofDatabase, SchedulerSettings before) {
    String on = ofDatabase.get(ENABLED);
    String workers = ofDatabase.get(WORKERS);
    return new SchedulerSettings(
        on == null ? enabled : flag(on).orElse(before.enabled),
        tickInterval,
        defaultSchedule,
        timezone,
        workers == null ? componentsMax : workers(workers).orElse(before.componentsMax));
  }

  /** What the database says that makes no sense, by name. */
  static Map<String, String> refused(Map<String, String> ofDatabase) {
    Map<String, String> refused = new TreeMap<>(ofDatabase);
    refused
        .entrySet()
        .removeIf(set ->
            switch (set.getKey()) {
              case ENABLED -> flag(set.getValue()).isPresent();
              case WORKERS -> workers(set.getValue()).isPresent();
              default -> true;
            });
    return refused;
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
