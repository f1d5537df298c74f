package dev.freshet.catalog.event.scheduler;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A stream table that is to be refreshed.
 *
 * @param reason why it is to be looked at, as {@code refresh_reason} names it; the worker reports a
 *     more precise one where it finds one
 * @param upstreams the stream tables that it reads
 * @param blockedBy why it cannot be refreshed now, {@code upstream_<status>}; the worker only
 *     records that
 * @param freshnessDeadline by when it must be fresh again, if it has an objective
 */
public record RequestedMember(
    long pgtId,
    String reason,
    InitiatedBy initiatedBy,
    List<Long> upstreams,
    Optional<String> blockedBy,
    Optional<Instant> freshnessDeadline) {

  public RequestedMember {
    requireNonNull(reason);
    requireNonNull(initiatedBy);
    upstreams = List.copyOf(upstreams);
    requireNonNull(blockedBy);
    requireNonNull(freshnessDeadline);
  }
}
