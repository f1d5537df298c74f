package dev.freshet.scheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Random expressions and instants, most of them near a change of clocks, against a reference. */
class CronRandomTest {

  private static final int DAYS = 3;
  private static final int EXPRESSIONS = 12;

  /** Changes of an hour by night and at midnight, of half an hour, of a whole day; none. */
  private static final List<String> ZONES =
      List.of(
          "Europe/Berlin",
          "America/New_York",
          "America/Havana",
          "Africa/Cairo",
          "Australia/Lord_Howe",
          "Pacific/Apia",
          "Asia/Kolkata",
          "UTC");

  private static final Instant EARLIEST = Instant.parse("2008-01-01T00:00:00Z");
  private static final Duration SPAN = Duration.ofDays(9000);

  @RepeatedTest(20)
  void nextFiringIsTheFirstMinuteThatFires(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    Random random = new Random(seed);
    for (int i = 0; i < EXPRESSIONS; i++) {
      String expression = expression(random);
      ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
      Instant look = look(random, zone);

      Optional<Instant> next =
          Cron.parse(expression)
              .nextAfter(look, zone)
              .filter(firing -> !firing.isAfter(look.plus(Duration.ofDays(DAYS))));

      assertThat(next)
          .as("seed %d: %s after %s in %s", seed, expression, look, zone)
          .isEqualTo(new CronReference(expression).nextAfter(look, zone, DAYS));
    }
  }

  private static Instant look(Random random, ZoneId zone) {
    Instant anywhere = EARLIEST.plusSeconds(random.nextLong(SPAN.toSeconds()));
    var change = random.nextInt(4) == 0 ? null : zone.getRules().nextTransition(anywhere);
    return change == null
        ? anywhere
        : change.getInstant().plus(Duration.ofMinutes(random.nextInt(-240, 240)));
  }

  private static String expression(Random random) {
    String weekdays = random.nextBoolean() ? "*" : field(random, 0, 7, List.of("mon", "sat"));
    String days = random.nextInt(3) > 0 ? "*" : field(random, 1, 31, List.of());
    String months = random.nextInt(3) > 0 ? "*" : field(random, 1, 12, List.of("mar", "oct"));
    return String.join(
        " ",
        field(random, 0, 59, List.of()),
        field(random, 0, random.nextBoolean() ? 5 : 23, List.of()),
        days,
        months,
        weekdays);
  }

  private static String field(Random random, int lowest, int highest, List<String> names) {
    List<String> items = new ArrayList<>();
    do {
      items.add(item(random, lowest, highest, names));
    } while (random.nextInt(3) == 0);
    return String.join(",", items);
  }

  private static String item(Random random, int lowest, int highest, List<String> names) {
    int first = random.nextInt(lowest, highest + 1);
    int last = random.nextInt(first, highest + 1);
    int step = random.nextInt(1, highest + 1);
    return switch (random.nextInt(6)) {
      case 0 -> "*";
      case 1 -> "*/" + step;
      case 2 -> first + "-" + last;
      case 3 -> first + "-" + last + "/" + step;
      default -> names.isEmpty() ? String.valueOf(first) : names.get(random.nextInt(names.size()));
    };
  }
}
