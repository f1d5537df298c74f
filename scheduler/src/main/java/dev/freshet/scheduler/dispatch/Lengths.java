package dev.freshet.scheduler.dispatch;

import dev.freshet.catalog.event.refresh.ComponentRefreshed;
import dev.freshet.catalog.event.refresh.MemberOutcome;
import dev.freshet.catalog.event.scheduler.RefreshRequested;
import dev.freshet.catalog.event.scheduler.RequestedMember;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * How long refreshes took when last run, and who therefore may take the last free worker. Belongs
 * to the coordinator's thread.
 *
 * <p>Where short refreshes are known, a long one leaves the last worker to them: what takes minutes
 * never holds up what takes milliseconds, as long as there are two workers. Among themselves long
 * ones go on in the order in which they were due, on all workers but one; where all are long, on
 * all. One whose length is not known yet counts as short, and so does one that has become long
 * since; the next time it is known.
 */
public final class Lengths {

  /** From here on a refresh is long. */
  static final Duration LONG = Duration.ofSeconds(1);

  private final Map<Long, Instant> begun = new HashMap<>();
  private final Map<Long, Duration> took = new HashMap<>();

  public void begun(RefreshRequested request, Instant now) {
    for (RequestedMember member : request.members()) {
      begun.put(member.pgtId(), now);
    }
  }

  public void ended(ComponentRefreshed outcome, Instant now) {
    for (MemberOutcome member : outcome.members()) {
      Instant from = begun.remove(member.pgtId());
      if (from != null && !now.isBefore(from)) {
        took.put(member.pgtId(), Duration.between(from, now));
      }
    }
  }

  /** Only these are there. */
  public void retain(Collection<Long> pgtIds) {
    begun.keySet().retainAll(pgtIds);
    took.keySet().retainAll(pgtIds);
  }

  /**
   * Whether a component may begin.
   *
   * @param workers of the pool
   * @param busy how many of them have work
   */
  public boolean mayBegin(Collection<Long> members, int workers, int busy) {
    int free = workers - busy;
    if (free != 1 || workers == 1) {
      return free > 0;
    }
    return !isLong(members) || !isShortKnown();
  }

  private boolean isLong(Collection<Long> members) {
    return members.stream()
        .anyMatch(pgtId -> took.getOrDefault(pgtId, Duration.ZERO).compareTo(LONG) >= 0);
  }

  private boolean isShortKnown() {
    return took.values().stream().anyMatch(length -> length.compareTo(LONG) < 0);
  }
}
