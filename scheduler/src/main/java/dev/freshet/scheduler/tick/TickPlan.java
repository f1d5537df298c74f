package dev.freshet.scheduler.tick;

import static java.util.Objects.requireNonNull;

import dev.freshet.catalog.event.scheduler.RequestedMember;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What a tick has decided.
 *
 * @param components to be refreshed, one transaction each, the longest due first
 * @param idle who was due and has nothing to do
 */
record TickPlan(List<Component> components, Set<Long> idle) {

  TickPlan {
    components = List.copyOf(components);
    idle = Set.copyOf(idle);
  }

  /** The members of a connected component that take part, upstream first. */
  record Component(List<RequestedMember> members, Instant dueSince) {
    Component {
      members = List.copyOf(members);
      requireNonNull(dueSince);
    }
  }
}
