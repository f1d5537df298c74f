package dev.freshet.scheduler.tick;

import static dev.freshet.scheduler.due.WatchedBuilder.byId;

import dev.freshet.catalog.event.scheduler.InitiatedBy;
import dev.freshet.catalog.event.scheduler.RequestedMember;
import dev.freshet.scheduler.due.Due;
import dev.freshet.scheduler.due.Watched;
import dev.freshet.scheduler.due.WatchedBuilder;
import dev.freshet.scheduler.due.Watchlist;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A graph of stream tables, who of them is due and who is stale: what a tick is decided from. */
final class Graph {

  static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final Watchlist watchlist;
  private final Map<Long, Due> due = new HashMap<>();
  private Set<Long> stale = Set.of();

  private Graph(Watchlist watchlist) {
    this.watchlist = watchlist;
  }

  static Graph of(WatchedBuilder... tables) {
    Watched[] built = Arrays.stream(tables).map(WatchedBuilder::build).toArray(Watched[]::new);
    return new Graph(new Watchlist(byId(built), Set.of()));
  }

  /** Due by the time, since noon. */
  Graph due(Long... pgtIds) {
    for (long pgtId : pgtIds) {
      due.put(pgtId, new Due("scheduled", InitiatedBy.SCHEDULER, NOON));
    }
    return this;
  }

  Graph due(long pgtId, String reason, InitiatedBy initiatedBy, Instant since) {
    due.put(pgtId, new Due(reason, initiatedBy, since));
    return this;
  }

  /** Asked for at noon. */
  Graph asked(long pgtId) {
    return due(pgtId, "manual", InitiatedBy.MANUAL, NOON);
  }

  Graph stale(Long... pgtIds) {
    stale = Set.of(pgtIds);
    return this;
  }

  TickPlan decide() {
    return new TickDecider(watchlist, new Lineage(watchlist.tables()), due, stale).decide();
  }

  Obstacles obstacles(Long... asked) {
    Lineage lineage = new Lineage(watchlist.tables());
    return new Obstacles(watchlist, lineage, due, stale, Set.of(asked));
  }

  static TickPlan idle(Long... pgtIds) {
    return new TickPlan(List.of(), Set.of(pgtIds));
  }

  /** One component, due since noon. */
  static TickPlan plan(RequestedMember... members) {
    return new TickPlan(List.of(component(members)), Set.of());
  }

  static TickPlan.Component component(RequestedMember... members) {
    return new TickPlan.Component(List.of(members), NOON);
  }

  static RequestedMember scheduled(long pgtId, Long... upstreams) {
    return member(pgtId, "scheduled", InitiatedBy.SCHEDULER, upstreams);
  }

  static RequestedMember upstream(long pgtId, Long... upstreams) {
    return member(pgtId, "upstream", InitiatedBy.SCHEDULER, upstreams);
  }

  static RequestedMember member(
      long pgtId, String reason, InitiatedBy initiatedBy, Long... upstreams) {
    return new RequestedMember(
        pgtId, reason, initiatedBy, List.of(upstreams), Optional.empty(), Optional.empty());
  }

  static RequestedMember blocked(RequestedMember member, String reason) {
    return new RequestedMember(
        member.pgtId(),
        member.reason(),
        member.initiatedBy(),
        member.upstreams(),
        Optional.of(reason),
        Optional.empty());
  }
}
