package dev.freshet.catalog.database;

import java.util.function.Supplier;

/**
 * Keeps an instance that does not lead any more from writing, however late it finds out.
 *
 * <p>The story. The leader is stopped in the middle of a refresh, another instance takes over, and
 * the first one wakes up and goes on. So each transaction of a leader begins with a lock on the
 * lease and a look at its epoch, and who takes over waits for those locks before it raises the
 * epoch: no transaction of an earlier epoch commits once a later one has begun. The lock is asked
 * for before the look, and before the transaction's snapshot: in the other order the epoch could be
 * raised in between. It is the weakest that does, in shared memory only; a row's lock would write
 * to the same page in every refresh.
 *
 * <p>An instance that was never a candidate, a benchmark say, has no fence.
 */
public final class Fence {

  /** Of an instance that does not lead: no lease has it. */
  private static final long NOT_LEADING = 0;

  private volatile boolean closed;
  private volatile long epoch = NOT_LEADING;

  Fence() {}

  /** From now on only the leader writes, and this instance is not it. */
  public void close() {
    epoch = NOT_LEADING;
    closed = true;
  }

  /** This instance leads. */
  public void open(long heldEpoch) {
    epoch = heldEpoch;
    closed = true;
  }

  /** Whether this instance may try to write. */
  public boolean isPassable() {
    return !closed || epoch != NOT_LEADING;
  }

  /**
   * What is appended to the text that begins a transaction, after all other locks. It fails with
   * FR004 if another instance leads.
   */
  public String sql() {
    return closed
        ? "; LOCK TABLE freshet.lease IN ROW SHARE MODE; SELECT freshet.require_lease(%d)"
            .formatted(epoch)
        : "";
  }

  /**
   * Does work in a READ COMMITTED transaction of its own, behind the fence. Not inside a
   * transaction.
   *
   * @throws DatabaseException if the work threw it, or another instance leads
   */
  public <T> T in(Session session, Supplier<T> work) {
    T result;
    try {
      session.query("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE" + sql());
      result = work.get();
    } catch (RuntimeException failed) {
      if (session.isOpen()) {
        session.query("ROLLBACK");
      }
      throw failed;
    }
    session.query("COMMIT");
    return result;
  }
}
