package dev.freshet.refresh.worker;

import static java.util.Objects.requireNonNull;

import dev.freshet.catalog.event.scheduler.InitiatedBy;
import dev.freshet.catalog.event.scheduler.RequestedMember;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A stream table that takes part in a transaction.
 *
 * @param reason why it is looked at
 * @param upstreams the stream tables that it reads
 * @param blockedBy why it is not refreshed but only that recorded, {@code upstream_<status>}
 * @param freshnessDeadline by when it must be fresh again
 */
record Member(
    long pgtId,
    String reason,
    InitiatedBy initiatedBy,
    List<Long> upstreams,
    Optional<String> blockedBy,
    Optional<Instant> freshnessDeadline) {

  Member {
    requireNonNull(reason);
    requireNonNull(initiatedBy);
    upstreams = List.copyOf(upstreams);
    requireNonNull(blockedBy);
    requireNonNull(freshnessDeadline);
  }

  static Member of(RequestedMember requested) {
    return new Member(
        requested.pgtId(),
        requested.reason(),
        requested.initiatedBy(),
        requested.upstreams(),
        requested.blockedBy(),
        requested.freshnessDeadline());
  }
}
