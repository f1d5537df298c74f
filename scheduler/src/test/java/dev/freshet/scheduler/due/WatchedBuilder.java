package dev.freshet.scheduler.due;

import dev.freshet.catalog.freshness.Tier;
import dev.freshet.scheduler.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A stream table for tests: active, hot, prepared, every second, of no stream tables. */
public final class WatchedBuilder {

  private final long pgtId;
  private Schedule schedule = Schedule.parse("1s");
  private Tier tier = Tier.HOT;
  private Status status = new Status.Active();
  private Set<Long> upstreams = Set.of();
  private Preparation preparation = new Preparation.Ready();
  private Optional<String> fullReason = Optional.empty();
  private Instant lookedAt = Instant.parse("2026-01-01T12:00:00Z");
  private Optional<String> skippedFor = Optional.empty();

  private WatchedBuilder(long pgtId) {
    this.pgtId = pgtId;
  }

  public static WatchedBuilder table(long pgtId) {
    return new WatchedBuilder(pgtId);
  }

  public static Map<Long, Watched> byId(Watched... tables) {
    Map<Long, Watched> byId = new HashMap<>();
    Arrays.asList(tables).forEach(table -> byId.put(table.pgtId(), table));
    return Map.copyOf(byId);
  }

  public WatchedBuilder schedule(String text) {
    schedule = Schedule.parse(text);
    return this;
  }

  public WatchedBuilder tier(Tier chosen) {
    tier = chosen;
    return this;
  }

  public WatchedBuilder status(Status present) {
    status = present;
    return this;
  }

  /** Failed, to be tried again then. */
  public WatchedBuilder retryAt(String time) {
    return status(new Status.Failed(Optional.of(Instant.parse(time))));
  }

  private Optional<Duration> sla = Optional.empty();

  public WatchedBuilder reads(Long... others) {
    upstreams = Set.of(others);
    return this;
  }

  public WatchedBuilder preparation(Preparation present) {
    preparation = present;
    return this;
  }

  public WatchedBuilder mustBeFull(String reason) {
    fullReason = Optional.of(reason);
    return this;
  }

  public WatchedBuilder lookedAt(String time) {
    lookedAt = Instant.parse(time);
    return this;
  }

  public WatchedBuilder skippedFor(String reason) {
    skippedFor = Optional.of(reason);
    return this;
  }

  public WatchedBuilder sla(String duration) {
    sla = Optional.of(Duration.parse(duration));
    return this;
  }

  public Watched build() {
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
        sla);
  }
}
