package dev.freshet.catalog.event.refresh;

import java.util.List;

/** A requested refresh of a component has ended, one way or another. */
public record ComponentRefreshed(long tickId, List<MemberOutcome> members) implements WorkOutcome {

  public ComponentRefreshed {
    members = List.copyOf(members);
  }
}
