package dev.freshet.catalog.event.refresh;

import static java.util.Objects.requireNonNull;

/**
 * A due refresh was not run, because an upstream could not be refreshed. Said once, not at every
 * tick.
 */
public record RefreshSkipped(RefreshRun run) implements RefreshEvent {
  public RefreshSkipped {
    requireNonNull(run);
  }
}
