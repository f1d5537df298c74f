package dev.freshet.scheduler.schedule;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/** When a stream table is to be refreshed. */
public sealed interface Schedule {

  /** Whenever so much time has passed. */
  record Every(Duration period) implements Schedule {
    public Every {
      if (!period.isPositive()) {
        throw new IllegalArgumentException("a period must be positive: " + period);
      }
    }
  }

  /** At the firing times of a cron expression. */
  record At(Cron cron) implements Schedule {
    public At {
      requireNonNull(cron);
    }
  }

  /** As its consumers need it. */
  record Calculated() implements Schedule {}

  /** Reads the text that the catalog keeps. */
  static Schedule parse(String text) {
    if (text.equals("calculated")) {
      return new Calculated();
    }
    return DurationText.parse(text)
        .<Schedule>map(Every::new)
        .orElseGet(() -> new At(Cron.parse(text.toLowerCase(Locale.ROOT))));
  }

  /**
   * When it is due next after a look; however many firings were missed, there is one.
   *
   * @param multiplier stretches a period; firing times are what they are
   * @return empty for {@link Calculated}, which has no time of its own
   */
  default Optional<Instant> nextAfter(Instant look, int multiplier, ZoneId zone) {
    return switch (this) {
      case Every(Duration period) -> Optional.of(look.plus(period.multipliedBy(multiplier)));
      case At(Cron cron) -> cron.nextAfter(look, zone);
      case Calculated() -> Optional.empty();
    };
  }
}
