package dev.freshet.catalog.log;

import static java.util.Objects.requireNonNull;

/**
 * How far a consumer has followed the log: every event visible in this snapshot has been delivered.
 *
 * @param snapshot {@code pg_snapshot} as text
 */
public record LogCursor(String snapshot) {

  /** Before the first event. */
  public static final LogCursor BEGINNING = new LogCursor("1:1:");

  public LogCursor {
    requireNonNull(snapshot);
  }
}
