package dev.freshet.refresh.worker;

import static java.util.Objects.requireNonNull;

/** A COMMIT on the wire, and how to find out what came of it if the answer is lost. */
sealed interface Commit {

  /** Of a transaction whose number is known. */
  record OfTransaction(String xid) implements Commit {
    public OfTransaction {
      requireNonNull(xid);
    }
  }

  /** Of one of which the log alone can tell. */
  record OfRefresh(long pgtId) implements Commit {}
}
