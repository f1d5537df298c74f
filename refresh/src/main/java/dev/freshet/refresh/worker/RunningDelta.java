package dev.freshet.refresh.worker;

import static java.util.Objects.requireNonNull;

import dev.freshet.catalog.cost.CostForecast;
import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.catalog.database.ErrorCategory;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Differences that are being computed.
 *
 * @param limitMs after how long the server gives them up
 * @param sentAt {@link System#nanoTime}
 */
record RunningDelta(long pgtId, OptionalDouble limitMs, long sentAt) {

  private static final String QUERY_CANCELED = "57014";
  private static final double NANOS_PER_MS = 1e6;

  /** The server counts from when it begins, on a clock of its own. */
  private static final double ALMOST = 0.9;

  RunningDelta {
    requireNonNull(limitMs);
  }

  /**
   * After how long the server is to give differences up; empty where they may take what they take,
   * or what every statement may.
   *
   * @param changesMax they read no more than so many
   */
  static OptionalDouble limitMs(
      MaintainedTable table, CostForecast forecast, long changesMax, Duration timeout) {
    if (table.mode() != MaintainedTable.Mode.AUTO) {
      return OptionalDouble.empty();
    }
    OptionalDouble limit = forecast.giveUpAfterMs(changesMax);
    return timeout.isZero() || limit.orElse(0) < timeout.toMillis()
        ? limit
        : OptionalDouble.empty();
  }

  static RunningDelta sent(long pgtId, OptionalDouble limitMs) {
    return new RunningDelta(pgtId, limitMs, System.nanoTime());
  }

  /**
   * What a failure makes of it; empty if it has nothing to do with its being by differences. Who
   * cancels it by hand when the limit is reached gets the same: it has ended, and what follows is
   * another statement.
   */
  Optional<GivenUp> givenUp(DatabaseException failed) {
    if (failed.category() == ErrorCategory.STATEMENT) {
      return Optional.of(GivenUp.failed());
    }
    double ms = (System.nanoTime() - sentAt) / NANOS_PER_MS;
    return failed.sqlState().equals(QUERY_CANCELED)
            && limitMs.isPresent()
            && ms >= ALMOST * limitMs.getAsDouble()
        ? Optional.of(GivenUp.after(ms))
        : Optional.empty();
  }
}
