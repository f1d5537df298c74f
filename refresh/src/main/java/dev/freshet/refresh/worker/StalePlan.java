package dev.freshet.refresh.worker;

import java.util.Set;

/**
 * Plans do not fit what the transaction sees: they must be loaded again, and the transaction begun
 * anew.
 */
final class StalePlan extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Set<Long> pgtIds;

  StalePlan(Set<Long> pgtIds) {
    super("the plans of " + pgtIds + " are stale", null, false, false);
    this.pgtIds = Set.copyOf(pgtIds);
  }

  Set<Long> pgtIds() {
    return pgtIds;
  }
}
