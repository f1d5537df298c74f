package dev.freshet.catalog.log;

import static java.util.Objects.requireNonNull;

/**
 * The name of an event stream: {@code stream_table:17} for what users command, {@code refresh:17}
 * for what came of it, {@code publication:17} for how it is published, {@code request:17:<xid>} for
 * a refresh that was asked for.
 */
public record EventStream(String name) {
  public EventStream {
    requireNonNull(name);
  }

  public static EventStream ofCommands(long pgtId) {
    return new EventStream("stream_table:" + pgtId);
  }

  public static EventStream ofRefreshes(long pgtId) {
    return new EventStream("refresh:" + pgtId);
  }

  /** The stream table that it is about. */
  public long pgtId() {
    String[] parts = name.split(":", -1);
    if (parts.length < 2) {
      throw new IllegalStateException("an event stream about no stream table: " + name);
    }
    return Long.parseLong(parts[1]);
  }
}
