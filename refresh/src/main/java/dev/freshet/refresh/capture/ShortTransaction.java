package dev.freshet.refresh.capture;

import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.catalog.database.ErrorCategory;
import dev.freshet.catalog.database.Session;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A transaction that gives up rather than stand in somebody's way. It is READ COMMITTED: each
 * statement in it sees what was committed while the one before waited for a lock.
 */
final class ShortTransaction {

  private final Duration lockTimeout;

  ShortTransaction(Duration lockTimeout) {
    this.lockTimeout = lockTimeout;
  }

  /**
   * Runs the work and commits.
   *
   * @return empty if another transaction was in the way; then nothing happened
   */
  <T> Optional<T> run(Session session, Supplier<T> work) {
    try {
      session.query(
          "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SET LOCAL lock_timeout = "
              + Math.max(1, lockTimeout.toMillis())
              + session.fence().sql());
      T result = work.get();
      session.query("COMMIT");
      return Optional.of(result);
    } catch (DatabaseException failed) {
      if (failed.category() == ErrorCategory.CONNECTION) {
        throw failed;
      }
      session.query("ROLLBACK");
      if (failed.category() == ErrorCategory.CONTENTION) {
        return Optional.empty();
      }
      throw failed;
    }
  }
}
