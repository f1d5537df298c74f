package dev.freshet.scheduler.dispatch;

import dev.freshet.catalog.event.refresh.ComponentRefreshed;
import dev.freshet.catalog.event.refresh.MemberOutcome;
import dev.freshet.catalog.event.scheduler.InitiatedBy;
import dev.freshet.catalog.event.scheduler.RefreshRequested;
import dev.freshet.catalog.event.scheduler.RequestedMember;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the workers have been asked for and have not answered. Belongs to the coordinator's thread.
 *
 * <p>A stream table that was postponed, because somebody was in the way, rests for a moment: or it
 * would be asked for again and again without a pause.
 */
public final class InFlight {

  private static final Duration REST = Duration.ofMillis(200);

  private final List<RefreshRequested> requests = new ArrayList<>();
  private final Map<Long, Instant> resting = new HashMap<>();

  public void add(RefreshRequested request) {
    requests.add(request);
  }

  /** How many components are being refreshed. */
  public int size() {
    return requests.size();
  }

  /** Whether any of these is being refreshed, or rests. */
  public boolean isBusyWithAny(Collection<Long> pgtIds, Instant now) {
    Set<Long> busy = busy(now);
    return pgtIds.stream().anyMatch(busy::contains);
  }

  /** The stream tables that must not be asked for. */
  public Set<Long> busy(Instant now) {
    // Longer than a rest can only be left where the clock was set back.
    resting.values().removeIf(until -> !until.isAfter(now) || until.isAfter(now.plus(REST)));
    Set<Long> busy = new HashSet<>(resting.keySet());
    for (RefreshRequested request : requests) {
      request.members().forEach(member -> busy.add(member.pgtId()));
    }
    return busy;
  }

  /**
   * Takes note of an answer.
   *
   * @return those that somebody has asked for and that were not refreshed after all
   */
  public Set<Long> answered(ComponentRefreshed outcome, Instant now) {
    Set<Long> undone = new HashSet<>();
    for (MemberOutcome member : outcome.members()) {
      switch (member) {
        case MemberOutcome.Postponed(long pgtId, _) -> {
          undone.add(pgtId);
          resting.put(pgtId, now.plus(REST));
        }
        case MemberOutcome.Unprepared(long pgtId) -> undone.add(pgtId);
        case MemberOutcome.Refreshed(_),
            MemberOutcome.NothingToDo(_),
            MemberOutcome.Failed(_, _, _),
            MemberOutcome.Skipped(_, _) -> {}
      }
    }
    Set<Long> stillWanted = new HashSet<>();
    for (RefreshRequested request : List.copyOf(requests)) {
      if (request.tickId() == outcome.tickId() && isAnsweredBy(request, outcome)) {
        requests.remove(request);
        for (RequestedMember member : request.members()) {
          if (undone.contains(member.pgtId())
              && member.initiatedBy() == InitiatedBy.MANUAL
              && !member.reason().equals("upstream")) {
            stillWanted.add(member.pgtId());
          }
        }
      }
    }
    return stillWanted;
  }

  private static boolean isAnsweredBy(RefreshRequested request, ComponentRefreshed outcome) {
    Set<Long> answered = new HashSet<>();
    outcome.members().forEach(member -> answered.add(member.pgtId()));
    return request.members().stream().anyMatch(member -> answered.contains(member.pgtId()));
  }
}
