package dev.freshet.scheduler.due;

import static java.util.Objects.requireNonNull;

import dev.freshet.catalog.freshness.Tier;
import dev.freshet.scheduler.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A stream table, as the scheduler knows it.
 *
 * @param upstreams the stream tables that it reads
 * @param preparation whether its definition or capture must be made ready before it can be
 *     refreshed
 * @param fullReason why its next refresh must be FULL, if it must; then it is due at once
 * @param lookedAt when a refresh last looked for changes
 * @param skippedFor why it was last skipped, if it was and that still holds
 * @param sla how old its content may be
 */
public record Watched(
    long pgtId,
    Schedule schedule,
    Tier tier,
    Status status,
    Set<Long> upstreams,
    Preparation preparation,
    Optional<String> fullReason,
    Instant lookedAt,
    Optional<String> skippedFor,
    Optional<Duration> sla) {

  public Watched {
    requireNonNull(schedule);
    requireNonNull(tier);
    requireNonNull(status);
    upstreams = Set.copyOf(upstreams);
    requireNonNull(preparation);
    requireNonNull(fullReason);
    requireNonNull(lookedAt);
    requireNonNull(skippedFor);
    requireNonNull(sla);
  }

  Watched with(Status changed) {
    return new Watched(
        pgtId,
        schedule,
        tier,
        changed,
        upstreams,
        preparation,
        fullReason,
        lookedAt,
        skippedFor,
        sla);
  }

  Watched lookedAt(Instant time) {
    return new Watched(
        pgtId, schedule, tier, status, upstreams, preparation, fullReason, time, skippedFor, sla);
  }

  Watched refreshed() {
    return new Watched(
        pgtId,
        schedule,
        tier,
        new Status.Active(),
        upstreams,
        preparation,
        Optional.empty(),
        lookedAt,
        Optional.empty(),
        sla);
  }

  Watched skippedFor(String reason) {
    return new Watched(
        pgtId,
        schedule,
        tier,
        status,
        upstreams,
        preparation,
        fullReason,
        lookedAt,
        Optional.of(reason),
        sla);
  }

  Watched with(Duration objective) {
    return new Watched(
        pgtId,
        schedule,
        tier,
        status,
        upstreams,
        preparation,
        fullReason,
        lookedAt,
        skippedFor,
        Optional.of(objective));
  }

  /** When its content will be older than it may be. */
  public Optional<Instant> freshnessDeadline() {
    return sla.map(lookedAt::plus);
  }
}
