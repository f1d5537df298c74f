package dev.freshet.scheduler.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Cron as one would explain it: every minute is looked at, and every item of every field is asked.
 *
 * <p>What given hours mean where clocks change is taken from {@link LocalDateTime#atZone}, which
 * moves times of a gap forward and takes the first of two times of the same name.
 */
record CronReference(String expression) {

  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> WEEKDAYS =
      List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

  /** The first firing after an instant, if it comes within so many days. */
  Optional<Instant> nextAfter(Instant instant, ZoneId zone, int days) {
    return firesEveryHour()
        ? nextOfEveryHour(instant, zone, days)
        : nextOfGivenHours(instant, zone, days);
  }

  private Optional<Instant> nextOfEveryHour(Instant instant, ZoneId zone, int days) {
    Instant minute = instant.truncatedTo(ChronoUnit.MINUTES).plusSeconds(60);
    Instant end = instant.plus(Duration.ofDays(days));
    while (!minute.isAfter(end)) {
      if (fires(LocalDateTime.ofInstant(minute, zone))) {
        return Optional.of(minute);
      }
      minute = minute.plusSeconds(60);
    }
    return Optional.empty();
  }

  private Optional<Instant> nextOfGivenHours(Instant instant, ZoneId zone, int days) {
    LocalDateTime present = LocalDateTime.ofInstant(instant, zone).truncatedTo(ChronoUnit.MINUTES);
    Instant end = instant.plus(Duration.ofDays(days));
    Optional<Instant> next = Optional.empty();
    // A gap is a day at most.
    LocalDateTime minute = present.minusDays(1);
    while (minute.isBefore(present.plusDays(days + 1))) {
      if (fires(minute)) {
        Instant firing = minute.atZone(zone).toInstant();
        boolean sooner = next.isEmpty() || firing.isBefore(next.get());
        if (firing.isAfter(instant) && !firing.isAfter(end) && sooner) {
          next = Optional.of(firing);
        }
      }
      minute = minute.plusMinutes(1);
    }
    return next;
  }

  private boolean firesEveryHour() {
    return IntStream.range(0, 24).allMatch(hour -> has(1, hour, 0, 23, List.of()));
  }

  private boolean fires(LocalDateTime time) {
    return has(0, time.getMinute(), 0, 59, List.of())
        && has(1, time.getHour(), 0, 23, List.of())
        && has(3, time.getMonthValue(), 1, 12, MONTHS)
        && firesOnDay(time);
  }

  private boolean firesOnDay(LocalDateTime time) {
    int weekday = time.getDayOfWeek().getValue();
    boolean byDay = has(2, time.getDayOfMonth(), 1, 31, List.of());
    boolean byWeekday =
        has(4, weekday, 0, 7, WEEKDAYS) || (weekday == 7 && has(4, 0, 0, 7, WEEKDAYS));
    boolean anyDay = field(2).startsWith("*") || field(4).startsWith("*");
    return anyDay ? byDay && byWeekday : byDay || byWeekday;
  }

  private String field(int place) {
    return expression.split(" ", -1)[place];
  }

  private boolean has(int place, int value, int lowest, int highest, List<String> names) {
    for (String item : field(place).split(",", -1)) {
      String[] parts = item.split("/", 2);
      int step = parts.length == 1 ? 1 : Integer.parseInt(parts[1]);
      String[] bounds = parts[0].split("-", 2);
      int first = parts[0].equals("*") ? lowest : number(bounds[0], lowest, names);
      int last = parts[0].equals("*") ? highest : number(bounds[bounds.length - 1], lowest, names);
      if (first <= value && value <= last && (value - first) % step == 0) {
        return true;
      }
    }
    return false;
  }

  private static int number(String text, int lowest, List<String> names) {
    int name = names.indexOf(text);
    return name < 0 ? Integer.parseInt(text) : lowest + name;
  }
}
