package dev.freshet.scheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Cron where clocks are changed: in Berlin from 02:00+01:00 to 03:00+02:00 on 29 March 2026, and
 * from 03:00+02:00 to 02:00+01:00 on 25 October 2026.
 */
class CronClockChangesTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void whatWouldHaveFiredInTheGapFiresByAsMuchLater() {
    assertThat(firings("30 2 * * *", "2026-03-28T00:00+01:00", 3))
        .containsExactly(
            "2026-03-28T02:30+01:00", "2026-03-29T03:30+02:00", "2026-03-30T02:30+02:00");
  }

  @Test
  void aFiringOfTheGapIsNotLostToALookAfterTheChange() {
    assertThat(firings("30 2 * * *", "2026-03-29T03:10+02:00", 2))
        .containsExactly("2026-03-29T03:30+02:00", "2026-03-30T02:30+02:00");
    assertThat(firings("30 2 * * *", "2026-03-29T03:30+02:00", 1))
        .containsExactly("2026-03-30T02:30+02:00");
  }

  @Test
  void aFiringOfTheGapThatMeetsAnotherIsOne() {
    assertThat(firings("15,45 2,3 * * *", "2026-03-29T00:00+01:00", 3))
        .containsExactly(
            "2026-03-29T03:15+02:00", "2026-03-29T03:45+02:00", "2026-03-30T02:15+02:00");
  }

  @Test
  void whatFollowsTheGapMayComeBeforeWhatComesFromIt() {
    // Lord Howe's clocks go from 02:00 to 02:30 on 4 October 2026.
    ZoneId lordHowe = ZoneId.of("Australia/Lord_Howe");

    assertThat(firings("20,35,45 2 * * *", "2026-10-04T00:00+10:30", 4, lordHowe))
        .containsExactly(
            "2026-10-04T02:35+11:00",
            "2026-10-04T02:45+11:00",
            "2026-10-04T02:50+11:00",
            "2026-10-05T02:20+11:00");
    assertThat(firings("20,35,45 2 * * *", "2026-10-04T02:41+11:00", 1, lordHowe))
        .containsExactly("2026-10-04T02:45+11:00");
  }

  @Test
  void aDayThatIsLeftOutFiresOnTheNext() {
    // Samoa had no 30 December 2011.
    assertThat(firings("0 6 * * *", "2011-12-29T00:00-10:00", 3, ZoneId.of("Pacific/Apia")))
        .containsExactly(
            "2011-12-29T06:00-10:00", "2011-12-31T06:00+14:00", "2012-01-01T06:00+14:00");
  }

  @Test
  void stepsOfHoursAreGivenHours() {
    assertThat(firings("0 */2 * * *", "2026-03-28T23:00+01:00", 3))
        .containsExactly(
            "2026-03-29T00:00+01:00", "2026-03-29T03:00+02:00", "2026-03-29T04:00+02:00");
    assertThat(firings("0 */2 * * *", "2026-10-24T23:00+02:00", 3))
        .containsExactly(
            "2026-10-25T00:00+02:00", "2026-10-25T02:00+02:00", "2026-10-25T04:00+01:00");
  }

  @Test
  void givenHoursFireInTheFirstOfTwoHoursOfTheSameName() {
    assertThat(firings("30 2 * * *", "2026-10-25T00:00+02:00", 2))
        .containsExactly("2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00");
    assertThat(firings("30 2 * * *", "2026-10-25T02:10+01:00", 1))
        .containsExactly("2026-10-26T02:30+01:00");
  }

  @Test
  void everyHourFiresInBothHoursOfTheSameName() {
    List<String> both =
        List.of(
            "2026-10-25T01:30+02:00",
            "2026-10-25T02:30+02:00",
            "2026-10-25T02:30+01:00",
            "2026-10-25T03:30+01:00");

    assertThat(firings("30 * * * *", "2026-10-25T01:00+02:00", 4)).isEqualTo(both);
    assertThat(firings("30 0-23 * * *", "2026-10-25T01:00+02:00", 4)).isEqualTo(both);
  }

  @Test
  void everyHourGoesOnAfterTheGap() {
    assertThat(firings("0,30 * * * *", "2026-03-29T01:00+01:00", 3))
        .containsExactly(
            "2026-03-29T01:30+01:00", "2026-03-29T03:00+02:00", "2026-03-29T03:30+02:00");
  }

  @Test
  void daysAreThoseOfTheZone() {
    assertThat(firings("0 0 1 * *", "2026-01-01T12:00+01:00", 2))
        .containsExactly("2026-02-01T00:00+01:00", "2026-03-01T00:00+01:00");
    assertThat(firings("0 0 * * mon", "2026-01-04T22:59Z", 1, ZoneId.of("Asia/Kolkata")))
        .containsExactly("2026-01-12T00:00+05:30");
  }

  private static List<String> firings(String cron, String after, int count) {
    return firings(cron, after, count, BERLIN);
  }

  private static List<String> firings(String cron, String after, int count, ZoneId zone) {
    List<String> firings = new ArrayList<>();
    Instant look = OffsetDateTime.parse(after).toInstant();
    for (int i = 0; i < count; i++) {
      look = Cron.parse(cron).nextAfter(look, zone).orElseThrow();
      firings.add(LocalDateTime.ofInstant(look, zone) + offset(look, zone));
    }
    return firings;
  }

  private static String offset(Instant instant, ZoneId zone) {
    return zone.getRules().getOffset(instant).getId();
  }
}
