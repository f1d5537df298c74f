package dev.freshet.scheduler.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A cron expression of five fields.
 *
 * <p>Where both days are restricted, either of them fires. When clocks are set forward, what would
 * have fired in the gap fires by as much later; when they are set back, it fires in the first of
 * the two hours of the same name only. An expression that fires every hour follows the clock as it
 * is set: it has nothing to make up for after a gap, and fires in both of the hours.
 */
record Cron(
    CronField minutes, CronField hours, CronField days, CronField months, CronField weekdays) {

  /** The 29th of February that is also a given weekday can be forty years away. */
  private static final int YEARS_MAX = 41;

  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> WEEKDAYS =
      List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

  static Cron parse(String text) {
    String[] fields = expand(text).split(" ", -1);
    if (fields.length != 5) {
      throw new IllegalArgumentException("not a cron expression of five fields: " + text);
    }
    return new Cron(
        CronField.parse(fields[0], 0, 59, List.of()),
        CronField.parse(fields[1], 0, 23, List.of()),
        CronField.parse(fields[2], 1, 31, List.of()),
        CronField.parse(fields[3], 1, 12, MONTHS),
        CronField.parse(fields[4], 0, 7, WEEKDAYS).withAlias(7, 0));
  }

  private static String expand(String text) {
    return switch (text) {
      case "@hourly" -> "0 * * * *";
      case "@daily", "@midnight" -> "0 0 * * *";
      case "@weekly" -> "0 0 * * 0";
      case "@monthly" -> "0 0 1 * *";
      case "@yearly", "@annually" -> "0 0 1 1 *";
      default -> text;
    };
  }

  /** The first firing after an instant; empty if there is none in the coming years. */
  Optional<Instant> nextAfter(Instant instant, ZoneId zone) {
    return firesEveryHour()
        ? nextOfEveryHour(instant, zone.getRules())
        : nextOfGivenHours(instant, zone);
  }

  private boolean firesEveryHour() {
    return IntStream.range(0, 24).allMatch(hours::has);
  }

  private Optional<Instant> nextOfEveryHour(Instant instant, ZoneRules rules) {
    ZoneOffset offset = rules.getOffset(instant);
    LocalDateTime after = LocalDateTime.ofInstant(instant, offset);
    ZoneOffsetTransition change = rules.nextTransition(instant);
    Optional<Instant> next = nextLocal(after, offset);
    while (change != null && next.isPresent() && !next.get().isBefore(change.getInstant())) {
      // A firing at the very moment of the change is one of the new offset.
      offset = change.getOffsetAfter();
      after = LocalDateTime.ofInstant(change.getInstant(), offset).minusMinutes(1);
      next = nextLocal(after, offset);
      change = rules.nextTransition(change.getInstant());
    }
    return next;
  }

  private Optional<Instant> nextLocal(LocalDateTime after, ZoneOffset offset) {
    return nextLocal(after).map(local -> local.toInstant(offset));
  }

  private Optional<Instant> nextOfGivenHours(Instant instant, ZoneId zone) {
    ZoneRules rules = zone.getRules();
    LocalDateTime present = LocalDateTime.ofInstant(instant, zone);
    Optional<LocalDateTime> local = nextLocal(present.minus(lastGap(instant, rules)));
    Optional<Instant> next = Optional.empty();
    while (local.isPresent()) {
      Instant firing = at(local.get(), zone);
      if (firing.isAfter(instant)) {
        next = next.filter(firing::isAfter).or(() -> Optional.of(firing));
        // What comes from a gap may come later than what follows the gap; nothing else does.
        if (!rules.getValidOffsets(local.get()).isEmpty()) {
          return next;
        }
      }
      local = nextLocal(local.get());
    }
    return next;
  }

  /** For so long after a change there may be firings of the gap that it made. */
  private static Duration lastGap(Instant instant, ZoneRules rules) {
    ZoneOffsetTransition change = rules.previousTransition(instant.plusNanos(1));
    return change != null && change.isGap() && instant.isBefore(endOfGap(change))
        ? change.getDuration()
        : Duration.ZERO;
  }

  private static Instant endOfGap(ZoneOffsetTransition change) {
    return change.getInstant().plus(change.getDuration());
  }

  private static Instant at(LocalDateTime local, ZoneId zone) {
    return local.atZone(zone).toInstant();
  }

  private Optional<LocalDateTime> nextLocal(LocalDateTime after) {
    LocalDateTime first = after.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
    LocalDate end = after.toLocalDate().plusYears(YEARS_MAX);
    LocalTime from = first.toLocalTime();
    for (LocalDate day = first.toLocalDate(); day.isBefore(end); day = day.plusDays(1)) {
      if (firesOn(day)) {
        Optional<LocalTime> time = timeFrom(from);
        if (time.isPresent()) {
          return Optional.of(day.atTime(time.get()));
        }
      }
      from = LocalTime.MIDNIGHT;
    }
    return Optional.empty();
  }

  private boolean firesOn(LocalDate day) {
    if (!months.has(day.getMonthValue())) {
      return false;
    }
    boolean byDay = days.has(day.getDayOfMonth());
    boolean byWeekday = weekdays.has(day.getDayOfWeek().getValue() % 7);
    return (days.starred() || weekdays.starred()) ? (byDay && byWeekday) : (byDay || byWeekday);
  }

  private Optional<LocalTime> timeFrom(LocalTime from) {
    for (int hour = from.getHour(); hour < 24; hour++) {
      int firstMinute = hour == from.getHour() ? from.getMinute() : 0;
      for (int minute = firstMinute; hours.has(hour) && minute < 60; minute++) {
        if (minutes.has(minute)) {
          return Optional.of(LocalTime.of(hour, minute));
        }
      }
    }
    return Optional.empty();
  }
}
