package dev.freshet.scheduler.tick;

import dev.freshet.catalog.event.scheduler.RequestedMember;
import dev.freshet.scheduler.dispatch.Lengths;
import dev.freshet.scheduler.due.Due;
import dev.freshet.scheduler.due.Watched;
import dev.freshet.scheduler.due.Watchlist;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * In which order components begin, where there are more than workers.
 *
 * <p>First what somebody waits for. Then whose time has come: who begins any later will be older
 * than it may be. Where that is so of several, there is more to do than can be done, and what takes
 * most staleness away for each millisecond goes first; a long one does, too, once it is old enough,
 * so nobody waits for ever. Then the others, who must begin soonest first.
 */
final class Urgency {

  /** Older than twice its schedule by more than this it is stale, also where nobody set an SLA. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Watchlist watchlist;
  private final Map<Long, Due> due;
  private final Lengths lengths;
  private final Instant now;

  Urgency(Watchlist watchlist, Map<Long, Due> due, Lengths lengths, Instant now) {
    this.watchlist = watchlist;
    this.due = due;
    this.lengths = lengths;
    this.now = now;
  }

  /**
   * What decides.
   *
   * @param latestStart for what is asked for, when that was
   * @param gain how much staleness is taken away in how much time
   */
  private record Rank(
      TickPlan.Component component, boolean isAskedFor, Instant latestStart, double gain) {}

  /** The components, most urgent first. */
  List<TickPlan.Component> order(List<TickPlan.Component> components) {
    return components.stream()
        .map(this::rank)
        .sorted(
            Comparator.comparing((Rank rank) -> !rank.isAskedFor())
                .thenComparing(rank -> !isPast(rank))
                .thenComparing(rank -> isPast(rank) ? -rank.gain() : 0)
                .thenComparing(Rank::latestStart))
        .map(Rank::component)
        .toList();
  }

  private boolean isPast(Rank rank) {
    return !rank.isAskedFor() && !rank.latestStart().isAfter(now);
  }

  private Rank rank(TickPlan.Component component) {
    List<Long> members = component.members().stream().map(RequestedMember::pgtId).toList();
    Instant deadline = Instant.MAX;
    Instant lookedAt = now;
    boolean isAskedFor = false;
    for (long pgtId : members) {
      Due own = due.get(pgtId);
      if (own != null) {
        Watched table = watchlist.table(pgtId);
        deadline = earlier(deadline, deadline(table, own));
        lookedAt = earlier(lookedAt, table.lookedAt());
        isAskedFor |= own.isAskedFor();
      }
    }
    Duration length = lengths.expected(members);
    return new Rank(
        component,
        isAskedFor,
        isAskedFor ? component.dueSince() : deadline.minus(length),
        (double) Duration.between(lookedAt, now).toMillis() / Math.max(1, length.toMillis()));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** By when it is to be done. */
  private static Instant deadline(Watched table, Due due) {
    return table
        .freshnessDeadline()
        .orElseGet(() -> {
          Duration schedule = Duration.between(table.lookedAt(), due.since());
          return due.since().plus(schedule.isNegative() ? Duration.ZERO : schedule).plus(GRACE);
        });
  }
}
