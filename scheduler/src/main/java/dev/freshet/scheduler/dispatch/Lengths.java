package dev.freshet.scheduler.dispatch;

import dev.freshet.catalog.event.refresh.ComponentRefreshed;
import dev.freshet.catalog.event.refresh.MemberOutcome;
import dev.freshet.catalog.event.scheduler.RefreshRequested;
import dev.freshet.catalog.event.scheduler.RequestedMember;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How long refreshes took, and who therefore may take the last free worker. Belongs to the
 * coordinator's thread.
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

  private static final int RECENT = 20;
  private static final double QUANTILE = 0.95;

  private final Map<Long, Instant> begun = new HashMap<>();

  /** The last ones of each, the newest last. */
  private final Map<Long, Deque<Duration>> took = new HashMap<>();

  public void begun(RefreshRequested request, Instant now) {
    for (RequestedMember member : request.members()) {
      begun.put(member.pgtId(), now);
    }
  }

  public void ended(ComponentRefreshed outcome, Instant now) {
    for (MemberOutcome member : outcome.members()) {
      Instant from = begun.remove(member.pgtId());
      if (from != null && !now.isBefore(from)) {
        Deque<Duration> recent =
            took.computeIfAbsent(member.pgtId(), _ -> new ArrayDeque<>(RECENT));
        if (recent.size() == RECENT) {
          recent.removeFirst();
        }
        recent.addLast(Duration.between(from, now));
      }
    }
  }

  /** Only these are there. */
  public void retain(Collection<Long> pgtIds) {
    begun.keySet().retainAll(pgtIds);
    took.keySet().retainAll(pgtIds);
  }

  /** What 95 % of the last refreshes of the slowest member did not exceed; zero if not known. */
  public Duration expected(Collection<Long> members) {
    return members.stream()
        .map(took::get)
        .filter(Objects::nonNull)
        .map(Lengths::quantile)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  private static Duration quantile(Deque<Duration> recent) {
    List<Duration> sorted = recent.stream().sorted().toList();
    return sorted.get((int) Math.ceil(QUANTILE * sorted.size()) - 1);
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
        .map(took::get)
        .anyMatch(recent -> recent != null && recent.getLast().compareTo(LONG) >= 0);
  }

  private boolean isShortKnown() {
    return took.values().stream().anyMatch(recent -> recent.getLast().compareTo(LONG) < 0);
  }
}
