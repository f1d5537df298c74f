package dev.freshet.refresh.worker;

import static java.util.Objects.requireNonNull;

/** How a stream table is to be refreshed. */
sealed interface Choice {

  /** Its sources have not changed. */
  record NothingNew() implements Choice {}

  /**
   * By the changes of its sources.
   *
   * @param rows how many changes there are
   * @param insertOnly whether all of them are insertions
   */
  record Differential(String reason, long rows, boolean insertOnly) implements Choice {
    public Differential {
      requireNonNull(reason);
    }

    /** What is done instead where that was given up. */
    Full whole(GivenUp givenUp) {
      return new Full(givenUp.reason(), "FULL", rows, false);
    }
  }

  /**
   * By its whole query.
   *
   * @param action {@code FULL}, or {@code REINITIALIZE} where what it has may have nothing to do
   *     with its query
   * @param intoEmpty whether its table is known to be empty
   */
  record Full(String reason, String action, long rows, boolean intoEmpty) implements Choice {
    public Full {
      requireNonNull(reason);
      requireNonNull(action);
    }
  }

  /**
   * Not now: its definition or capture must be made ready.
   *
   * @param fullReason why its next refresh must be FULL
   */
  record Prepare(String fullReason) implements Choice {
    public Prepare {
      requireNonNull(fullReason);
    }
  }
}
