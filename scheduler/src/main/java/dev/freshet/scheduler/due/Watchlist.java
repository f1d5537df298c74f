package dev.freshet.scheduler.due;

import dev.freshet.catalog.event.refresh.ComponentRefreshed;
import dev.freshet.catalog.event.refresh.MemberOutcome;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * All stream tables, and for which of them somebody waits. Immutable: what happens makes another
 * one.
 *
 * @param wanted those for which a refresh was asked that has not begun
 */
public record Watchlist(Map<Long, Watched> tables, Set<Long> wanted) {

  public static final Watchlist EMPTY = new Watchlist(Map.of(), Set.of());

  public Watchlist {
    tables = Map.copyOf(tables);
    wanted = Set.copyOf(wanted);
  }

  public Optional<Watched> find(long pgtId) {
    return Optional.ofNullable(tables.get(pgtId));
  }

  /** One that is there, or the graph is not this watchlist's. */
  public Watched table(long pgtId) {
    return find(pgtId)
        .orElseThrow(() -> new IllegalStateException("not watched: stream table " + pgtId));
  }

  public boolean isWanted(long pgtId) {
    return wanted.contains(pgtId);
  }

  /**
   * What the catalog says now; when each was looked at last is remembered, for the catalog keeps it
   * rarely, and by another clock.
   */
  public Watchlist reloaded(Collection<Watched> present) {
    Map<Long, Watched> next = new HashMap<>();
    for (Watched table : present) {
      Optional<Instant> looked = find(table.pgtId()).map(Watched::lookedAt);
      next.put(table.pgtId(), looked.map(table::lookedAt).orElse(table));
    }
    Set<Long> stillWanted = new HashSet<>(wanted);
    stillWanted.retainAll(next.keySet());
    return new Watchlist(next, stillWanted);
  }

  public Watchlist wanting(Collection<Long> pgtIds) {
    Set<Long> next = new HashSet<>(wanted);
    next.addAll(pgtIds);
    next.retainAll(tables.keySet());
    return new Watchlist(tables, next);
  }

  /**
   * Requests that the refresh being sent out will answer: it takes its snapshot later than they
   * were made.
   */
  public Watchlist answering(Collection<Long> pgtIds) {
    Set<Long> next = new HashSet<>(wanted);
    next.removeAll(pgtIds);
    return new Watchlist(tables, next);
  }

  /** These were looked at, by a refresh or by finding out that there is nothing to do. */
  public Watchlist lookedAt(Collection<Long> pgtIds, Instant time) {
    Map<Long, Watched> next = new HashMap<>(tables);
    pgtIds.forEach(pgtId -> next.computeIfPresent(pgtId, (_, table) -> table.lookedAt(time)));
    return new Watchlist(next, wanted);
  }

  /**
   * No look is later than now. One that is was made before the clock was set back, or by another
   * clock; if it counted, nothing would be due until then.
   */
  public Watchlist notLookedAtAfter(Instant now) {
    List<Long> later =
        tables.values().stream()
            .filter(table -> table.lookedAt().isAfter(now))
            .map(Watched::pgtId)
            .toList();
    return later.isEmpty() ? this : lookedAt(later, now);
  }

  /** What has changed by the outcome of a refresh. */
  public Watchlist evolve(ComponentRefreshed outcome) {
    Map<Long, Watched> next = new HashMap<>(tables);
    for (MemberOutcome member : outcome.members()) {
      next.computeIfPresent(member.pgtId(), (_, table) -> effectOf(member).apply(table));
    }
    return new Watchlist(next, wanted);
  }

  private static UnaryOperator<Watched> effectOf(MemberOutcome member) {
    return switch (member) {
      case MemberOutcome.Refreshed(_), MemberOutcome.NothingToDo(_) -> Watched::refreshed;
      case MemberOutcome.Failed(_, _, boolean suspended) when suspended ->
          table -> table.with(new Status.Suspended());
      case MemberOutcome.Failed(_, Optional<Instant> retryAt, _) ->
          table -> table.with(new Status.Failed(retryAt));
      case MemberOutcome.Skipped(_, String reason) -> table -> table.skippedFor(reason);
      // Still due; the catalog is read again for what was found out.
      case MemberOutcome.Postponed(_, _), MemberOutcome.Unprepared(_) -> UnaryOperator.identity();
    };
  }
}
