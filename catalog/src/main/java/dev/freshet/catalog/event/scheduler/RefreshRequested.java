package dev.freshet.catalog.event.scheduler;

import java.util.List;

/**
 * The due stream tables of one connected component, with everything upstream of them, to be
 * refreshed in one transaction at one snapshot.
 *
 * @param tickId the tick that asked
 * @param members upstream first
 */
public record RefreshRequested(long tickId, List<RequestedMember> members)
    implements WorkRequested {

  public RefreshRequested {
    members = List.copyOf(members);
    if (members.isEmpty()) {
      throw new IllegalArgumentException("a refresh of nothing");
    }
  }
}
