package dev.freshet.scheduler.dispatch;

import dev.freshet.catalog.event.refresh.ComponentRefreshed;
import dev.freshet.catalog.event.refresh.HousekeepingDone;
import dev.freshet.catalog.event.refresh.MemberOutcome;
import dev.freshet.catalog.event.refresh.Prepared;
import dev.freshet.catalog.event.refresh.WorkOutcome;
import dev.freshet.catalog.event.scheduler.HousekeepingRequested;
import dev.freshet.catalog.event.scheduler.InitiatedBy;
import dev.freshet.catalog.event.scheduler.PreparationRequested;
import dev.freshet.catalog.event.scheduler.RefreshRequested;
import dev.freshet.catalog.event.scheduler.RequestedMember;
import dev.freshet.catalog.event.scheduler.WorkRequested;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All work of this process that was sent and is not answered, whoever asked for it and however
 * often the coordinator has changed meanwhile. For any thread.
 */
public final class UnderWay implements WorkRequests {

  private final WorkRequests next;
  private final Map<Refresh, RequestedMember> refreshes = new ConcurrentHashMap<>();
  private final Set<Long> preparations = ConcurrentHashMap.newKeySet();
  private final Set<Long> housekeeping = ConcurrentHashMap.newKeySet();

  /**
   * @param next to whom requests are passed on
   */
  public UnderWay(WorkRequests next) {
    this.next = next;
  }

  private record Refresh(long tickId, long pgtId) {}

  /** A refresh that has begun, or is about to. */
  public record Running(long pgtId, long tickId, String reason, InitiatedBy initiatedBy) {}

  @Override
  public void send(WorkRequested work) {
    switch (work) {
      case RefreshRequested refresh ->
          refresh
              .members()
              .forEach(
                  member -> refreshes.put(new Refresh(refresh.tickId(), member.pgtId()), member));
      case PreparationRequested preparation -> preparations.add(preparation.pgtId());
      case HousekeepingRequested round -> housekeeping.add(round.tickId());
    }
    next.send(work);
  }

  /** Takes note of an answer. */
  public void ended(WorkOutcome outcome) {
    switch (outcome) {
      case ComponentRefreshed refreshed -> {
        for (MemberOutcome member : refreshed.members()) {
          refreshes.remove(new Refresh(refreshed.tickId(), member.pgtId()));
        }
      }
      case Prepared(long pgtId) -> preparations.remove(pgtId);
      case HousekeepingDone(long tickId) -> housekeeping.remove(tickId);
    }
  }

  /** Whether all was answered. */
  public boolean isNone() {
    return refreshes.isEmpty() && preparations.isEmpty() && housekeeping.isEmpty();
  }

  /** The refreshes among it. */
  public List<Running> refreshes() {
    List<Running> running = new ArrayList<>();
    refreshes.forEach((refresh, member) -> {
      if (member.blockedBy().isEmpty()) {
        running.add(
            new Running(refresh.pgtId(), refresh.tickId(), member.reason(), member.initiatedBy()));
      }
    });
    return running;
  }
}
