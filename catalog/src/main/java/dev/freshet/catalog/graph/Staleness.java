package dev.freshet.catalog.graph;

import java.util.Collection;
import java.util.Set;

/** Which stream tables have changes to read. */
public interface Staleness {

  /**
   * Those of the given stream tables that a refresh would have something to do for: changes are
   * waiting, or it cannot be known that none are. What is committed while this is asked may be
   * missed; the next tick sees it.
   */
  Set<Long> among(Collection<Long> pgtIds);
}
