package dev.freshet.scheduler.tick;

import dev.freshet.catalog.event.scheduler.InitiatedBy;
import dev.freshet.catalog.event.scheduler.RequestedMember;
import dev.freshet.scheduler.due.Due;
import dev.freshet.scheduler.due.Watched;
import dev.freshet.scheduler.due.Watchlist;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * From what is due to what is asked of the workers. Pure.
 *
 * <p>Of each connected component the due stream tables and everything upstream of them become one
 * request. Who is only due by the time, and has nothing to read, itself or upstream, is let go: it
 * has been looked at.
 */
final class TickDecider {

  private final Watchlist watchlist;
  private final Lineage lineage;
  private final Map<Long, Due> due;
  private final Set<Long> stale;

  /**
   * @param due of the stream tables that are not being refreshed already
   * @param stale of those and of everything upstream of them
   */
  TickDecider(Watchlist watchlist, Lineage lineage, Map<Long, Due> due, Set<Long> stale) {
    this.watchlist = watchlist;
    this.lineage = lineage;
    this.due = due;
    this.stale = stale;
  }

  /** What to ask for, the longest due first, and who needs nothing. */
  TickPlan decide() {
    List<TickPlan.Component> components = new ArrayList<>();
    Set<Long> idle = new HashSet<>();
    for (List<Long> dueTogether : lineage.byComponent(due.keySet())) {
      Set<Long> busy = new HashSet<>();
      for (long pgtId : dueTogether) {
        (hasWork(pgtId) ? busy : idle).add(pgtId);
      }
      List<RequestedMember> members = busy.isEmpty() ? List.of() : membersFor(busy, idle);
      if (!members.isEmpty()) {
        components.add(new TickPlan.Component(members, dueSince(busy)));
      }
    }
    components.sort(Comparator.comparing(TickPlan.Component::dueSince));
    return new TickPlan(components, idle);
  }

  private boolean hasWork(long pgtId) {
    return !dueOf(pgtId).isRoutine()
        || lineage.closureOf(Set.of(pgtId)).stream().anyMatch(this::hasWorkItself);
  }

  private boolean hasWorkItself(long pgtId) {
    Due own = due.get(pgtId);
    return stale.contains(pgtId) || (own != null && !own.isRoutine());
  }

  private Due dueOf(long pgtId) {
    Due found = due.get(pgtId);
    if (found == null) {
      throw new IllegalStateException("not due: stream table " + pgtId);
    }
    return found;
  }

  private Instant dueSince(Set<Long> members) {
    return members.stream()
        .map(member -> dueOf(member).since())
        .min(Comparator.naturalOrder())
        .orElse(Instant.MAX);
  }

  private List<RequestedMember> membersFor(Set<Long> busy, Set<Long> idle) {
    Set<Long> asked = askedFor(busy);
    Obstacles obstacles = new Obstacles(watchlist, lineage, due, stale, asked);
    List<RequestedMember> members = new ArrayList<>();
    for (long pgtId : lineage.closureOf(busy)) {
      switch (obstacles.of(pgtId)) {
        case Obstacles.None() -> members.add(member(pgtId, asked, Optional.empty()));
        case Obstacles.Wait() -> {}
        case Obstacles.Blocked(String reason) -> {
          if (busy.contains(pgtId)) {
            Watched table = watchlist.table(pgtId);
            boolean said = table.skippedFor().equals(Optional.of(reason));
            if (said && !dueOf(pgtId).isAskedFor()) {
              idle.add(pgtId);
            } else {
              members.add(member(pgtId, asked, Optional.of(reason)));
            }
          }
        }
      }
    }
    return needed(members, busy);
  }

  /** Without a due stream table that can be refreshed, what is upstream of it need not be. */
  private List<RequestedMember> needed(List<RequestedMember> members, Set<Long> busy) {
    Set<Long> runnable = new HashSet<>();
    for (RequestedMember member : members) {
      if (member.blockedBy().isEmpty() && busy.contains(member.pgtId())) {
        runnable.add(member.pgtId());
      }
    }
    Set<Long> wanted = new HashSet<>(lineage.closureOf(runnable));
    return members.stream()
        .filter(member -> member.blockedBy().isPresent() || wanted.contains(member.pgtId()))
        .toList();
  }

  /** Those asked for, and what is upstream of them: for them nothing is frozen or held back. */
  private Set<Long> askedFor(Set<Long> busy) {
    List<Long> asked = busy.stream().filter(pgtId -> dueOf(pgtId).isAskedFor()).toList();
    return new HashSet<>(lineage.closureOf(asked));
  }

  private RequestedMember member(long pgtId, Set<Long> asked, Optional<String> blockedBy) {
    Optional<Due> own = Optional.ofNullable(due.get(pgtId));
    InitiatedBy initiatedBy =
        own.map(Due::initiatedBy)
            .orElse(asked.contains(pgtId) ? InitiatedBy.MANUAL : InitiatedBy.SCHEDULER);
    return new RequestedMember(
        pgtId,
        own.map(Due::reason).orElse("upstream"),
        initiatedBy,
        List.copyOf(lineage.upstreamsOf(pgtId)),
        blockedBy,
        watchlist.table(pgtId).freshnessDeadline());
  }
}
