package dev.freshet.scheduler.tick;

import dev.freshet.catalog.event.refresh.ComponentRefreshed;
import dev.freshet.catalog.event.refresh.HousekeepingDone;
import dev.freshet.catalog.event.refresh.Prepared;
import dev.freshet.catalog.event.refresh.WorkOutcome;
import dev.freshet.catalog.event.scheduler.HousekeepingRequested;
import dev.freshet.catalog.event.scheduler.InitiatedBy;
import dev.freshet.catalog.event.scheduler.PreparationRequested;
import dev.freshet.catalog.event.scheduler.RefreshRequested;
import dev.freshet.catalog.event.scheduler.RequestedMember;
import dev.freshet.catalog.freshness.FreshnessCycles;
import dev.freshet.catalog.graph.Staleness;
import dev.freshet.scheduler.dispatch.InFlight;
import dev.freshet.scheduler.dispatch.Lengths;
import dev.freshet.scheduler.dispatch.PoolState;
import dev.freshet.scheduler.dispatch.Waits;
import dev.freshet.scheduler.dispatch.WorkRequests;
import dev.freshet.scheduler.due.Demand;
import dev.freshet.scheduler.due.Demands;
import dev.freshet.scheduler.due.Due;
import dev.freshet.scheduler.due.DueRule;
import dev.freshet.scheduler.due.Objectives;
import dev.freshet.scheduler.due.Preparation;
import dev.freshet.scheduler.due.Watched;
import dev.freshet.scheduler.due.Watchlist;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Owns what is known of all stream tables, and asks for work. Used by one thread.
 *
 * <p>Nothing of its state must survive: another coordinator finds all of it in the catalog.
 */
final class Coordinator {

  private static final int PREPARATIONS_MAX = 4;
  private static final Duration HOUSEKEEPING_INTERVAL = Duration.ofSeconds(1);

  /** How often it is found out who waits while all workers are busy, and told how many. */
  private static final Duration POOL_INTERVAL = Duration.ofSeconds(1);

  private static final Logger LOG = Logger.getLogger(Coordinator.class);

  private final WatchedCatalog catalog;
  private final Staleness staleness;
  private final WorkRequests work;
  private final Clock clock;
  private final SchedulerSettings configured;
  private final DueRule rule;
  private final MeasuredCycles cycles;

  private SchedulerSettings settings;
  private Watchlist watchlist = Watchlist.EMPTY;
  private Lineage lineage = new Lineage(Map.of());
  private Map<Long, Set<Demand>> demands = Map.of();
  private String requestsRead;
  private final InFlight inFlight = new InFlight();
  private final Lengths lengths = new Lengths();
  private final Waits waits = new Waits();
  private Map<String, String> refusedSettings = Map.of();
  private Instant lookedAt = Instant.MIN;
  private PoolState told = PoolState.UNUSED;
  private Instant toldAt = Instant.MIN;
  private final Set<Long> preparing = new HashSet<>();
  private boolean housekeeping;
  private Instant housekeptAt = Instant.MIN;
  private long tickId;

  Coordinator(
      WatchedCatalog catalog,
      Staleness staleness,
      WorkRequests work,
      Clock clock,
      FreshnessCycles listener,
      SchedulerSettings configured) {
    this.catalog = catalog;
    this.staleness = staleness;
    this.work = work;
    this.clock = clock;
    this.cycles = new MeasuredCycles(listener);
    this.configured = configured;
    this.settings = configured;
    this.rule = new DueRule(configured.timezone());
    this.requestsRead = catalog.snapshot();
    reload();
    watchlist = watchlist.wanting(catalog.unanswered());
  }

  /** Reads the catalog again; after commands, and whenever others may have changed it. */
  void reload() {
    settings(catalog.settings());
    String next = catalog.snapshot();
    List<Long> wanted = catalog.wantedSince(requestsRead);
    requestsRead = next;
    // Read later than the requests, it has whatever they are for.
    watchlist = watchlist.reloaded(Objectives.applied(catalog.read())).wanting(wanted);
    lineage = new Lineage(watchlist.tables());
    demands = Demands.of(watchlist.tables(), settings.defaultSchedule());
    lengths.retain(watchlist.tables().keySet());
  }

  /** What the database cannot mean leaves what was in force, and is said once. */
  private void settings(Map<String, String> ofDatabase) {
    settings = configured.with(ofDatabase, settings);
    Map<String, String> refused = SchedulerSettings.refused(ofDatabase);
    refused.forEach((name, value) -> {
      if (!value.equals(refusedSettings.get(name))) {
        LOG.warnf("the database has %s = %s, which is left out", name, value);
        catalog.alertRefused(name, value);
      }
    });
    refusedSettings = refused;
  }

  /** Takes note of what came of requested work. */
  void evolve(WorkOutcome outcome) {
    switch (outcome) {
      case ComponentRefreshed refreshed -> {
        Instant now = clock.instant();
        Set<Long> undone = inFlight.answered(refreshed, now);
        cycles.ended(refreshed, watchlist, now);
        lengths.ended(refreshed, now);
        watchlist = watchlist.evolve(refreshed).wanting(undone);
        Effects effects = Effects.of(refreshed);
        watchlist = watchlist.lookedAt(effects.looked(), Instant.ofEpochMilli(refreshed.tickId()));
        if (effects.isCatalogChanged()) {
          reload();
        }
      }
      case Prepared(long pgtId) -> {
        preparing.remove(pgtId);
        reload();
      }
      case HousekeepingDone(_) -> {
        housekeeping = false;
        reload();
      }
    }
  }

  /** One look at everything. */
  void tick() {
    Instant now = clock.instant();
    // Its number tells when it was, and the next service goes on from there.
    tickId = Math.max(tickId + 1, now.toEpochMilli());
    watchlist = watchlist.notLookedAtAfter(now);
    keepHouse(now);
    prepare(now);
    boolean isFree = inFlight.size() < settings.componentsMax();
    if (settings.enabled() && (isFree || isPast(lookedAt, now))) {
      lookedAt = now;
      refresh(now);
    }
    tellOfPool(now);
  }

  /** The pool at this moment. */
  PoolState pool() {
    return waits.state(settings.componentsMax(), inFlight.size(), clock.instant());
  }

  private void tellOfPool(Instant now) {
    if (isPast(toldAt, now)) {
      PoolState pool = waits.state(settings.componentsMax(), inFlight.size(), now);
      if (!pool.readsLike(told)) {
        catalog.tell(pool);
        told = pool;
        toldAt = now;
      }
    }
  }

  /** Also where the clock was set back. */
  private static boolean isPast(Instant last, Instant now) {
    return now.isBefore(last) || !now.isBefore(last.plus(POOL_INTERVAL));
  }

  /** A round at the next tick, or once the present one is done: it answers questions. */
  void keepHouseSoon() {
    housekeptAt = Instant.MIN;
  }

  private void keepHouse(Instant now) {
    boolean setBack = now.isBefore(housekeptAt);
    boolean passed = !now.isBefore(housekeptAt.plus(HOUSEKEEPING_INTERVAL));
    if (!housekeeping && (setBack || passed)) {
      housekeeping = true;
      housekeptAt = now;
      work.send(new HousekeepingRequested(tickId));
    }
  }

  private void prepare(Instant now) {
    for (Watched table : watchlist.tables().values()) {
      if (preparing.size() < PREPARATIONS_MAX
          && table.preparation() instanceof Preparation.Needed(long epoch)
          && rule.isPreparationDue(table, watchlist.isWanted(table.pgtId()), now)
          && preparing.add(table.pgtId())) {
        work.send(new PreparationRequested(table.pgtId(), epoch));
      }
    }
  }

  private void refresh(Instant now) {
    Map<Long, Due> due = due(now);
    if (due.isEmpty()) {
      waits.waiting(List.of());
      return;
    }
    Set<Long> stale = staleness.among(lineage.closureOf(due.keySet()));
    TickPlan plan = new TickDecider(watchlist, lineage, due, stale).decide();
    Instant found = clock.instant();
    plan.idle().forEach(pgtId -> cycles.foundFresh(watchlist.table(pgtId), due, now, found));
    watchlist = watchlist.lookedAt(plan.idle(), now);
    List<Instant> waiting = new ArrayList<>();
    Urgency urgency = new Urgency(watchlist, due, lengths, now);
    for (TickPlan.Component component : urgency.order(plan.components())) {
      List<Long> members = component.members().stream().map(RequestedMember::pgtId).toList();
      if (inFlight.isBusyWithAny(members, now)) {
        continue;
      }
      if (lengths.mayBegin(members, settings.componentsMax(), inFlight.size())) {
        RefreshRequested request = send(component);
        cycles.begun(request, due, now);
        lengths.begun(request, now);
        waits.ended(component.dueSince(), now);
      } else {
        waiting.add(component.dueSince());
      }
    }
    waits.waiting(waiting);
  }

  private Map<Long, Due> due(Instant now) {
    Set<Long> busy = inFlight.busy(now);
    Map<Long, Due> due = new HashMap<>();
    for (Watched table : watchlist.tables().values()) {
      long pgtId = table.pgtId();
      if (!busy.contains(pgtId)) {
        Optional<Due> found =
            rule.decide(
                table, demands.getOrDefault(pgtId, Set.of()), watchlist.isWanted(pgtId), now);
        found.ifPresent(reason -> due.put(pgtId, reason));
      }
    }
    return due;
  }

  private RefreshRequested send(TickPlan.Component component) {
    RefreshRequested request = new RefreshRequested(tickId, component.members());
    watchlist =
        watchlist.answering(
            component.members().stream()
                .filter(member -> member.initiatedBy() == InitiatedBy.MANUAL)
                .map(RequestedMember::pgtId)
                .toList());
    inFlight.add(request);
    work.send(request);
    return request;
  }
}
