package dev.freshet.refresh.capture;

import static java.util.Objects.requireNonNull;

/**
 * A consumer's view of a source: where it stopped reading.
 *
 * @param sourceRelid the source
 * @param asOf the {@code pg_snapshot} of its last refresh
 * @param ownXid the {@code xid8} of the transaction that refreshed it last, which is not visible in
 *     that snapshot; empty if there is none
 */
public record Reader(long sourceRelid, String asOf, String ownXid) {

  public Reader {
    requireNonNull(asOf);
    requireNonNull(ownXid);
    if (asOf.isEmpty()) {
      throw new IllegalArgumentException("who was never populated has no place to read from");
    }
  }
}
