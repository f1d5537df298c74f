package dev.freshet.scheduler.tick;

import dev.freshet.catalog.event.refresh.ComponentRefreshed;
import dev.freshet.catalog.event.refresh.MemberOutcome;
import dev.freshet.catalog.event.refresh.WorkOutcome;
import dev.freshet.catalog.event.scheduler.HousekeepingRequested;
import dev.freshet.catalog.event.scheduler.RefreshRequested;
import dev.freshet.catalog.event.scheduler.RequestedMember;
import dev.freshet.catalog.event.scheduler.WorkRequested;
import dev.freshet.catalog.freshness.Cycle;
import dev.freshet.scheduler.due.MovedClock;
import dev.freshet.scheduler.due.WatchedBuilder;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A coordinator with all that is around it in memory; workers answer when the test says so. Its
 * clock begins a second past noon.
 */
final class CoordinatorInMemory {

  /** The number of a tick at the beginning. */
  static final long BEGINNING = 1_767_268_801_000L;

  final MovedClock clock = new MovedClock("2026-01-01T12:00:01Z");
  final CatalogInMemory catalog;
  final Set<Long> stale = new HashSet<>();
  final List<Cycle> cycles = new ArrayList<>();
  private final List<WorkRequested> sent = new ArrayList<>();
  private final Coordinator coordinator;

  /** All stream tables of the catalog are stale. */
  CoordinatorInMemory(CatalogInMemory catalog, int componentsMax) {
    this.catalog = catalog;
    catalog.read().forEach(table -> stale.add(table.pgtId()));
    coordinator =
        new Coordinator(
            catalog,
            asked -> asked.stream().filter(stale::contains).collect(Collectors.toSet()),
            sent::add,
            clock,
            cycles::add,
            new SchedulerSettings(
                true,
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                ZoneOffset.UTC,
                componentsMax));
  }

  static CoordinatorInMemory of(WatchedBuilder... tables) {
    return new CoordinatorInMemory(new CatalogInMemory().put(tables), 1);
  }

  /** What a tick asks for, but for housekeeping. */
  List<WorkRequested> tick() {
    return tickWithHousekeeping().stream()
        .filter(work -> !(work instanceof HousekeepingRequested))
        .toList();
  }

  List<WorkRequested> tickWithHousekeeping() {
    sent.clear();
    coordinator.tick();
    return List.copyOf(sent);
  }

  /** The clock moves, then it ticks. */
  List<WorkRequested> tickAfter(Duration time) {
    clock.move(time);
    return tick();
  }

  void reload() {
    coordinator.reload();
  }

  void ask(long pgtId) {
    catalog.ask(pgtId);
    coordinator.reload();
  }

  void end(WorkOutcome outcome) {
    coordinator.evolve(outcome);
  }

  void answer(long tickId, MemberOutcome... members) {
    end(new ComponentRefreshed(tickId, List.of(members)));
  }

  /** A request of a tick so many milliseconds after the beginning. */
  static RefreshRequested refreshAt(long millis, RequestedMember... members) {
    return new RefreshRequested(BEGINNING + millis, List.of(members));
  }
}
