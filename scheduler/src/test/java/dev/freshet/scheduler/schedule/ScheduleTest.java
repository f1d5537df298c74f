package dev.freshet.scheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

  private static final Instant LOOK = Instant.parse("2026-01-01T00:00:30Z");

  @Test
  void theTextSaysWhichKindItIs() {
    assertThat(Schedule.parse("1h30m")).isEqualTo(new Schedule.Every(Duration.ofMinutes(90)));
    assertThat(Schedule.parse("*/5 * * * *")).isEqualTo(new Schedule.At(Cron.parse("*/5 * * * *")));
    assertThat(Schedule.parse("@daily")).isEqualTo(new Schedule.At(Cron.parse("0 0 * * *")));
    assertThat(Schedule.parse("calculated")).isEqualTo(new Schedule.Calculated());
  }

  @Test
  void namesMayBeWrittenInAnyCase() {
    assertThat(Schedule.parse("0 6 1 JAN Mon-fri"))
        .isEqualTo(new Schedule.At(Cron.parse("0 6 1 jan mon-fri")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5 minutes", "0s", "0ms", "@noon", "61 * * * *", "5/10 * * * *"})
  void textThatIsNoScheduleIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Schedule.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S"})
  void aPeriodIsPositive(String period) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Schedule.Every(Duration.parse(period)))
        .withMessage("a period must be positive: " + period);
  }

  @Test
  void aPeriodBeginsAtTheLookAndIsStretched() {
    Schedule every = Schedule.parse("1m");

    assertThat(every.nextAfter(LOOK, 1, ZoneOffset.UTC)).contains(LOOK.plusSeconds(60));
    assertThat(every.nextAfter(LOOK, 10, ZoneOffset.UTC)).contains(LOOK.plusSeconds(600));
  }

  @Test
  void firingTimesAreNotStretched() {
    assertThat(Schedule.parse("@hourly").nextAfter(LOOK, 10, ZoneOffset.UTC))
        .contains(Instant.parse("2026-01-01T01:00:00Z"));
  }

  @Test
  void firingTimesAreThoseOfTheZone() {
    assertThat(Schedule.parse("@daily").nextAfter(LOOK, 1, ZoneId.of("Asia/Kolkata")))
        .contains(Instant.parse("2026-01-01T18:30:00Z"));
  }

  @Test
  void aCalculatedScheduleHasNoTimeOfItsOwn() {
    assertThat(Schedule.parse("calculated").nextAfter(LOOK, 1, ZoneOffset.UTC)).isEmpty();
  }
}
