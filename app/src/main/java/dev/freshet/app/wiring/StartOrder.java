package dev.freshet.app.wiring;

import jakarta.interceptor.Interceptor;

/** In which order the parts start; the bus is there from the application's own priority on. */
final class StartOrder {

  /** Before anything is started. */
  static final int RULES = Interceptor.Priority.PLATFORM_BEFORE;

  /** Before the scheduler, which has the order of those that say nothing. */
  static final int FEED = Interceptor.Priority.APPLICATION + 100;

  private StartOrder() {}
}
