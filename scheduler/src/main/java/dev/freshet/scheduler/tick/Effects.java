package dev.freshet.scheduler.tick;

import dev.freshet.catalog.event.refresh.ComponentRefreshed;
import dev.freshet.catalog.event.refresh.MemberOutcome;
import java.util.HashSet;
import java.util.Set;

/**
 * What an outcome means beyond its members' states.
 *
 * @param looked those that a refresh has looked at, so that their schedules start anew
 * @param isCatalogChanged whether the catalog says more than the outcome
 */
record Effects(Set<Long> looked, boolean isCatalogChanged) {

  Effects {
    looked = Set.copyOf(looked);
  }

  static Effects of(ComponentRefreshed outcome) {
    Set<Long> looked = new HashSet<>();
    boolean changed = false;
    for (MemberOutcome member : outcome.members()) {
      switch (member) {
        case MemberOutcome.Refreshed(long pgtId) -> looked.add(pgtId);
        case MemberOutcome.NothingToDo(long pgtId) -> looked.add(pgtId);
        case MemberOutcome.Skipped(long pgtId, _) -> looked.add(pgtId);
        case MemberOutcome.Failed(_, _, _), MemberOutcome.Unprepared(_) -> changed = true;
        case MemberOutcome.Postponed(_, _) -> {}
      }
    }
    return new Effects(looked, changed);
  }
}
