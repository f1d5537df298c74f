package dev.freshet.refresh.worker;

/** What follows on the refreshes of a transaction. */
enum TransactionEnd {
  COMMIT,
  /** The caller looks at the result in the same snapshot first, and commits. */
  LEFT_TO_CALLER
}
