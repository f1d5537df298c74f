package dev.freshet.refresh.maintain;

import static java.util.Objects.requireNonNull;

import dev.freshet.refresh.algebra.SourceType;
import java.util.Set;

/**
 * A source and what a stream table needs of it.
 *
 * @param attnums attribute numbers of the columns used; none where only the number of rows matters
 * @param captured whether its changes are seen by triggers
 */
public record SourceUse(long relid, SourceType type, Set<Integer> attnums, boolean captured) {

  public SourceUse {
    requireNonNull(type);
    attnums = Set.copyOf(attnums);
  }
}
