package dev.freshet.scheduler.due;

import dev.freshet.scheduler.schedule.Schedule;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** A schedule that a stream table must keep, its own or a consumer's, stretched by a tier. */
public record Demand(Schedule schedule, int multiplier) {

  Optional<Instant> nextAfter(Instant look, ZoneId zone) {
    return schedule.nextAfter(look, multiplier, zone);
  }
}
