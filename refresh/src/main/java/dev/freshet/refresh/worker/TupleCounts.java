package dev.freshet.refresh.worker;

/** Tuples inserted, updated and deleted, as PostgreSQL counts them. */
record TupleCounts(long inserted, long updated, long deleted) {

  Long[] array() {
    return new Long[] {inserted, updated, deleted};
  }
}
