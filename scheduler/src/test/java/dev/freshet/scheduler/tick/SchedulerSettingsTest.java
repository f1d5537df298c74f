package dev.freshet.scheduler.tick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.freshet.scheduler.SchedulerConfiguration;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulerSettingsTest {

  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void theConfigurationHoldsWhereTheDatabaseSaysNothing() {
    SchedulerSettings configured = SchedulerSettings.of(new Configured(3));

    assertThat(configured).isEqualTo(settings(true, 3));
    assertThat(configured.with(Map.of(), configured)).isEqualTo(configured);
    assertThat(configured.with(Map.of("freshet.tick_interval", "1s"), configured))
        .isEqualTo(configured);
  }

  @Test
  void noWorkersAreOneAfterAnother() {
    assertThat(SchedulerSettings.of(new Configured(0))).isEqualTo(settings(true, 1));
    assertThat(SchedulerSettings.of(new Configured(1))).isEqualTo(settings(true, 1));
    assertThat(with(settings(true, 3), Map.of("freshet.max_parallel_workers", "0")))
        .isEqualTo(settings(true, 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 33})
  void workersOutOfRangeAreRefused(int workers) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SchedulerSettings.of(new Configured(workers)))
        .withMessage("freshet.max-parallel-workers must be 0 to 32; it is " + workers);
  }

  @Test
  void theDatabaseHasPrecedence() {
    assertThat(
            with(
                settings(true, 1),
                Map.of("freshet.enabled", "off", "freshet.max_parallel_workers", "32")))
        .isEqualTo(settings(false, 32));
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", "false", "no", "0", "OFF", "False"})
  void wordsForOff(String text) {
    assertThat(with(settings(true, 1), Map.of("freshet.enabled", text)))
        .isEqualTo(settings(false, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"on", "true", "yes", "1", "ON", "True"})
  void wordsForOn(String text) {
    assertThat(with(settings(false, 1), Map.of("freshet.enabled", text)))
        .isEqualTo(settings(true, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "maybe", "-1", "33", "4.5", "many", "99999999999", " 4"})
  void whatMakesNoSenseLeavesWhatWasInForce(String text) {
    Map<String, String> ofDatabase =
        Map.of("freshet.enabled", text, "freshet.max_parallel_workers", text);

    SchedulerSettings configured = settings(true, 2);
    for (SchedulerSettings before : List.of(settings(true, 7), settings(false, 2))) {
      assertThat(configured.with(ofDatabase, before)).isEqualTo(before);
    }
    assertThat(SchedulerSettings.refused(ofDatabase)).isEqualTo(ofDatabase);
  }

  @Test
  void tooShortATickIsRefused() {
    Duration tooShort = Duration.ofNanos(9_999_999);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SchedulerSettings(true, tooShort, SECOND, ZoneOffset.UTC, 1))
        .withMessage("freshet.tick-interval must be at least 10ms");
  }

  @Test
  void aDefaultScheduleIsPositive() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SchedulerSettings(true, TICK, Duration.ZERO, ZoneOffset.UTC, 1))
        .withMessage("freshet.default-schedule must be positive");
  }

  @Test
  void whatMakesSenseIsNotRefused() {
    assertThat(
            SchedulerSettings.refused(
                Map.of(
                    "freshet.enabled", "on",
                    "freshet.max_parallel_workers", "32",
                    "freshet.prediction_ratio", "many")))
        .isEmpty();
  }

  private static SchedulerSettings with(
      SchedulerSettings configured, Map<String, String> ofDatabase) {
    return configured.with(ofDatabase, configured);
  }

  private static SchedulerSettings settings(boolean enabled, int componentsMax) {
    return new SchedulerSettings(enabled, TICK, SECOND, ZoneOffset.UTC, componentsMax);
  }

  /** The service's configuration, all but the workers as it is by default. */
  private record Configured(int maxParallelWorkers) implements SchedulerConfiguration {
    @Override
    public boolean enabled() {
      return true;
    }

    @Override
    public Duration tickInterval() {
      return TICK;
    }

    @Override
    public Duration defaultSchedule() {
      return SECOND;
    }

    @Override
    public ZoneId timezone() {
      return ZoneOffset.UTC;
    }
  }
}
