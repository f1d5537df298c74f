package dev.freshet.scheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Firings in UTC. 1 January 2026 is a Thursday. */
class CronTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          * * * * *           | 2026-01-01T00:01:00Z | 2026-01-01T00:02:00Z
          */5 * * * *         | 2026-01-01T00:05:00Z | 2026-01-01T00:10:00Z
          0 * * * *           | 2026-01-01T01:00:00Z | 2026-01-01T02:00:00Z
          59 23 31 12 *       | 2026-12-31T23:59:00Z | 2027-12-31T23:59:00Z
          0 6 * * mon-fri     | 2026-01-01T06:00:00Z | 2026-01-02T06:00:00Z
          0 6 * * sat         | 2026-01-03T06:00:00Z | 2026-01-10T06:00:00Z
          0,30 8-18/5 1 * *   | 2026-01-01T08:00:00Z | 2026-01-01T08:30:00Z
          0 0 1 jan,jul *     | 2026-07-01T00:00:00Z | 2027-01-01T00:00:00Z
          0 0 31 * *          | 2026-01-31T00:00:00Z | 2026-03-31T00:00:00Z
          0 0 * * 7           | 2026-01-04T00:00:00Z | 2026-01-11T00:00:00Z
          0 0 * * sat,sun     | 2026-01-03T00:00:00Z | 2026-01-04T00:00:00Z
          @hourly             | 2026-01-01T01:00:00Z | 2026-01-01T02:00:00Z
          @daily              | 2026-01-02T00:00:00Z | 2026-01-03T00:00:00Z
          @midnight           | 2026-01-02T00:00:00Z | 2026-01-03T00:00:00Z
          @weekly             | 2026-01-04T00:00:00Z | 2026-01-11T00:00:00Z
          @monthly            | 2026-02-01T00:00:00Z | 2026-03-01T00:00:00Z
          @yearly             | 2027-01-01T00:00:00Z | 2028-01-01T00:00:00Z
          @annually           | 2027-01-01T00:00:00Z | 2028-01-01T00:00:00Z
          """)
  void fires(String expression, String first, String second) {
    assertThat(firings(expression, "2026-01-01T00:00:00Z", 2)).containsExactly(first, second);
  }

  @Test
  void eitherOfTwoRestrictedDaysFires() {
    assertThat(firings("0 0 13 * fri", "2026-01-01T00:00:00Z", 4))
        .containsExactly(
            "2026-01-02T00:00:00Z",
            "2026-01-09T00:00:00Z",
            "2026-01-13T00:00:00Z",
            "2026-01-16T00:00:00Z");
  }

  @Test
  void aDayWithAStarRestrictsTheOther() {
    assertThat(firings("0 0 */2 * fri", "2026-01-01T00:00:00Z", 3))
        .containsExactly("2026-01-09T00:00:00Z", "2026-01-23T00:00:00Z", "2026-02-13T00:00:00Z");
    assertThat(firings("0 0 13 * */5", "2026-01-01T00:00:00Z", 2))
        .containsExactly("2026-02-13T00:00:00Z", "2026-03-13T00:00:00Z");
  }

  @Test
  void theNextFiringIsLaterThanTheLook() {
    assertThat(firings("30 12 * * *", "2026-01-01T12:29:59.999Z", 1))
        .containsExactly("2026-01-01T12:30:00Z");
    assertThat(firings("30 12 * * *", "2026-01-01T12:30:00Z", 1))
        .containsExactly("2026-01-02T12:30:00Z");
    assertThat(firings("30 12 * * *", "2026-01-01T12:30:00.001Z", 1))
        .containsExactly("2026-01-02T12:30:00Z");
    assertThat(firings("* * * * *", "2026-12-31T23:59:30Z", 1))
        .containsExactly("2027-01-01T00:00:00Z");
  }

  @Test
  void leapDaysAreWaitedFor() {
    assertThat(firings("0 0 29 2 *", "2026-01-01T00:00:00Z", 2))
        .containsExactly("2028-02-29T00:00:00Z", "2032-02-29T00:00:00Z");
    assertThat(firings("0 0 29 2 *", "2096-03-01T00:00:00Z", 1))
        .containsExactly("2104-02-29T00:00:00Z");
  }

  @Test
  void leapDaysOfAWeekdayAreWaitedFor() {
    assertThat(firings("0 0 29 2 */7", "2026-01-01T00:00:00Z", 4))
        .containsExactly(
            "2032-02-29T00:00:00Z",
            "2060-02-29T00:00:00Z",
            "2088-02-29T00:00:00Z",
            "2128-02-29T00:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0 30 2 *", "0 0 31 2,4,6,9,11 *", "0 0 31 2 */2"})
  void aDayThatNoMonthHasNeverFires(String expression) {
    assertThat(
            Cron.parse(expression).nextAfter(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC))
        .isEqualTo(Optional.empty());
  }

  @Test
  void aDayThatNoMonthHasLeavesTheWeekday() {
    assertThat(firings("0 0 31 2 mon", "2026-01-01T00:00:00Z", 2))
        .containsExactly("2026-02-02T00:00:00Z", "2026-02-09T00:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "* * * *",
        "* * * * * *",
        "*  * * * *",
        " * * * * *",
        "@reboot",
        "@Hourly",
        "calculated"
      })
  void otherThanFiveFieldsAreRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cron.parse(text))
        .withMessage("not a cron expression of five fields: " + text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          60 * * * *       | 60
          * 24 * * *       | 24
          * * 0 * *        | 0
          * * 32 * *       | 32
          * * * 0 *        | 0
          * * * 13 *       | 13
          * * * foo *      | foo
          * * * mon *      | mon
          * * * * 8        | 8
          * * * * jan      | jan
          jan * * * *      | jan
          """)
  void fieldsOutOfTheirRangeAreRefused(String expression, String field) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cron.parse(expression))
        .withMessage("not a field of a cron expression: " + field);
  }

  private static List<String> firings(String expression, String after, int count) {
    List<String> firings = new ArrayList<>();
    Instant look = Instant.parse(after);
    for (int i = 0; i < count; i++) {
      look = Cron.parse(expression).nextAfter(look, ZoneOffset.UTC).orElseThrow();
      firings.add(look.toString());
    }
    return firings;
  }
}
