package dev.freshet.scheduler.tick;

import dev.freshet.catalog.freshness.Tier;
import dev.freshet.scheduler.due.Due;
import dev.freshet.scheduler.due.Preparation;
import dev.freshet.scheduler.due.Status;
import dev.freshet.scheduler.due.Watched;
import dev.freshet.scheduler.due.Watchlist;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What keeps a stream table from being refreshed together with the rest of its component.
 *
 * <p>A consumer of one that cannot be refreshed would mix two snapshots; so it is left as it is.
 * What passes by itself in a moment is waited for; what does not is said.
 */
final class Obstacles {

  /** What stands in the way. */
  sealed interface Obstacle {}

  /** Nothing. */
  record None() implements Obstacle {}

  /** Something that is being taken care of. */
  record Wait() implements Obstacle {}

  /**
   * An upstream that will not be refreshed.
   *
   * @param reason {@code upstream_<status>}
   */
  record Blocked(String reason) implements Obstacle {}

  private final Watchlist watchlist;
  private final Lineage lineage;
  private final Map<Long, Due> due;
  private final Set<Long> stale;
  private final Set<Long> asked;
  private final Map<Long, Obstacle> known = new HashMap<>();

  Obstacles(
      Watchlist watchlist, Lineage lineage, Map<Long, Due> due, Set<Long> stale, Set<Long> asked) {
    this.watchlist = watchlist;
    this.lineage = lineage;
    this.due = due;
    this.stale = stale;
    this.asked = asked;
  }

  /** To be asked upstream first. */
  Obstacle of(long pgtId) {
    Obstacle found = known.get(pgtId);
    if (found == null) {
      found = find(pgtId);
      known.put(pgtId, found);
    }
    return found;
  }

  private Obstacle find(long pgtId) {
    Obstacle worst = new None();
    for (long upstream : lineage.upstreamsOf(pgtId)) {
      switch (asUpstream(upstream)) {
        case Blocked blocked -> {
          return blocked;
        }
        case Wait wait -> worst = wait;
        case None() -> {}
      }
    }
    return worst instanceof None ? own(pgtId) : worst;
  }

  private Obstacle own(long pgtId) {
    Watched table = watchlist.table(pgtId);
    return table.preparation() instanceof Preparation.Ready ? new None() : new Wait();
  }

  private Obstacle asUpstream(long pgtId) {
    Watched table = watchlist.table(pgtId);
    Optional<Obstacle> own = standing(table);
    return own.orElseGet(() -> of(pgtId));
  }

  private Optional<Obstacle> standing(Watched table) {
    if (table.preparation() instanceof Preparation.Impossible) {
      return blocked("error");
    }
    boolean included = due.containsKey(table.pgtId()) || asked.contains(table.pgtId());
    return switch (table.status()) {
      case Status.Suspended() -> blocked("suspended");
      case Status.Failed(Optional<Instant> retryAt) ->
          included && retryAt.isPresent() ? Optional.empty() : blocked("error");
      case Status.Initializing(boolean byItself) ->
          included
              ? Optional.empty()
              : byItself ? Optional.of(new Wait()) : blocked("initializing");
      case Status.Active() ->
          table.tier() == Tier.FROZEN && !included && stale.contains(table.pgtId())
              ? blocked("frozen")
              : Optional.empty();
    };
  }

  private static Optional<Obstacle> blocked(String status) {
    return Optional.of(new Blocked("upstream_" + status));
  }
}
