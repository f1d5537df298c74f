package dev.freshet.scheduler.tick;

import dev.freshet.catalog.event.refresh.ComponentRefreshed;
import dev.freshet.catalog.event.refresh.MemberOutcome;
import dev.freshet.catalog.event.scheduler.RefreshRequested;
import dev.freshet.catalog.event.scheduler.RequestedMember;
import dev.freshet.catalog.freshness.Cycle;
import dev.freshet.catalog.freshness.FreshnessCycles;
import dev.freshet.scheduler.due.Due;
import dev.freshet.scheduler.due.Status;
import dev.freshet.scheduler.due.Watched;
import dev.freshet.scheduler.due.Watchlist;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long the content of stream tables with an objective is left as it is. Belongs to the
 * coordinator's thread.
 *
 * <p>A cycle begins with one look and ends when the next has found the content fresh, or made it
 * so: until that moment readers saw the old one. A first population ends none.
 */
final class MeasuredCycles {

  /** A stream table has its turn. */
  private record Turn(Instant begun, Duration waited) {}

  private final FreshnessCycles listener;
  private final Map<Long, Turn> turns = new HashMap<>();

  MeasuredCycles(FreshnessCycles listener) {
    this.listener = listener;
  }

  /** Work was asked for. */
  void begun(RefreshRequested request, Map<Long, Due> due, Instant now) {
    for (RequestedMember member : request.members()) {
      turns.put(member.pgtId(), new Turn(now, waited(due.get(member.pgtId()), now)));
    }
  }

  /**
   * It was due, and there is nothing to do; to be told before that counts as a look.
   *
   * @param begun when the look began
   */
  void foundFresh(Watched table, Map<Long, Due> due, Instant begun, Instant now) {
    // Who is passed over because of an upstream is not fresh.
    if (table.skippedFor().isEmpty()) {
      end(table, new Turn(begun, waited(due.get(table.pgtId()), begun)), now);
    }
  }

  /** Work has ended; to be told before that counts as a look. */
  void ended(ComponentRefreshed outcome, Watchlist watchlist, Instant now) {
    for (MemberOutcome member : outcome.members()) {
      Turn turn = turns.remove(member.pgtId());
      Optional<Watched> table = watchlist.find(member.pgtId());
      if (turn != null && table.isPresent() && isFresh(member)) {
        end(table.get(), turn, now);
      }
    }
  }

  private void end(Watched table, Turn turn, Instant now) {
    if (table.sla().isPresent() && table.status() instanceof Status.Active) {
      listener.ended(
          new Cycle(
              table.pgtId(),
              table.tier(),
              between(table.lookedAt(), now),
              turn.waited(),
              between(turn.begun(), now)));
    }
  }

  private static boolean isFresh(MemberOutcome member) {
    return switch (member) {
      case MemberOutcome.Refreshed _, MemberOutcome.NothingToDo _ -> true;
      case MemberOutcome.Failed _,
          MemberOutcome.Skipped _,
          MemberOutcome.Postponed _,
          MemberOutcome.Unprepared _ ->
          false;
    };
  }

  private static Duration waited(@Nullable Due due, Instant now) {
    return due == null ? Duration.ZERO : between(due.since(), now);
  }

  /** Never less than nothing, though the clock may have been set back. */
  private static Duration between(Instant from, Instant to) {
    return to.isAfter(from) ? Duration.between(from, to) : Duration.ZERO;
  }
}
