package dev.freshet.catalog.event.refresh;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/** What came of a requested refresh of one stream table. */
public sealed interface MemberOutcome {

  long pgtId();

  /** It equals its defining query at a new snapshot. */
  record Refreshed(long pgtId) implements MemberOutcome {}

  /** Nothing has changed since it was refreshed last. */
  record NothingToDo(long pgtId) implements MemberOutcome {}

  /**
   * It failed, and the log says why.
   *
   * @param retryAt when it may be tried again; never by itself if empty
   */
  record Failed(long pgtId, Optional<Instant> retryAt, boolean suspended) implements MemberOutcome {
    public Failed {
      requireNonNull(retryAt);
    }
  }

  /** It was left as it is, because of an upstream. */
  record Skipped(long pgtId, String reason) implements MemberOutcome {
    public Skipped {
      requireNonNull(reason);
    }
  }

  /** Somebody was in the way; nothing happened, and it is still due. */
  record Postponed(long pgtId, String cause) implements MemberOutcome {
    public Postponed {
      requireNonNull(cause);
    }
  }

  /** Its definition or capture has changed: it must be prepared first. */
  record Unprepared(long pgtId) implements MemberOutcome {}
}
