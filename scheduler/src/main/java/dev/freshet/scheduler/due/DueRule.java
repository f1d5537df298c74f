package dev.freshet.scheduler.due;

import dev.freshet.catalog.event.scheduler.InitiatedBy;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/** Whether a stream table is due, and since when. */
public final class DueRule {

  private final ZoneId zone;

  public DueRule(ZoneId zone) {
    this.zone = zone;
  }

  /** Whether it is to be prepared now. */
  public boolean isPreparationDue(Watched table, boolean wanted, Instant now) {
    return table.preparation() instanceof Preparation.Needed
        && switch (table.status()) {
          case Status.Suspended() -> false;
          case Status.Failed(Optional<Instant> retryAt) ->
              wanted || retryAt.map(time -> !time.isAfter(now)).orElse(true);
          case Status.Active(), Status.Initializing(_) -> true;
        };
  }

  /**
   * Whether it is to be refreshed now.
   *
   * @param wanted whether somebody has asked for it
   */
  public Optional<Due> decide(Watched table, Set<Demand> demands, boolean wanted, Instant now) {
    if (!(table.preparation() instanceof Preparation.Ready)) {
      return Optional.empty();
    }
    return switch (table.status()) {
      case Status.Suspended() -> Optional.empty();
      case Status.Failed(Optional<Instant> retryAt) ->
          retryAt.flatMap(time ->
              wanted
                  ? asked(now)
                  : passed(time, now).map(since -> because(table, "scheduled", since)));
      case Status.Initializing(boolean byItself) -> {
        if (wanted) {
          yield Optional.of(new Due("initial", InitiatedBy.MANUAL, now));
        }
        yield byItself
            ? Optional.of(new Due("initial", InitiatedBy.INITIAL, table.lookedAt()))
            : Optional.empty();
      }
      case Status.Active() -> wanted ? asked(now) : scheduled(table, demands, now);
    };
  }

  private Optional<Due> scheduled(Watched table, Set<Demand> demands, Instant now) {
    if (table.fullReason().isPresent()) {
      return Optional.of(because(table, "scheduled", table.lookedAt()));
    }
    return demands.stream()
        .flatMap(demand -> demand.nextAfter(table.lookedAt(), zone).stream())
        .min(Comparator.naturalOrder())
        .flatMap(next -> passed(next, now))
        .map(since -> because(table, "scheduled", since));
  }

  private static Due because(Watched table, String otherwise, Instant since) {
    return new Due(table.fullReason().orElse(otherwise), InitiatedBy.SCHEDULER, since);
  }

  private static Optional<Due> asked(Instant now) {
    return Optional.of(new Due("manual", InitiatedBy.MANUAL, now));
  }

  private static Optional<Instant> passed(Instant time, Instant now) {
    return time.isAfter(now) ? Optional.empty() : Optional.of(time);
  }
}
