package dev.freshet.scheduler.dispatch;

import dev.freshet.catalog.event.scheduler.WorkRequested;

/** Where work is asked for. */
@FunctionalInterface
public interface WorkRequests {

  /** Sends a request; an answer comes later, as an outcome, on another thread. */
  void send(WorkRequested work);
}
