package dev.freshet.app.crash;

import dev.freshet.app.testing.Eventually;

/** The leader's. What it does not name before its process dies nobody can know of. */
final class Heartbeat {

  private Heartbeat() {}

  /** Gives the result of a query. */
  @FunctionalInterface
  interface Database {
    String value(String query) throws Exception;
  }

  /** Waits for one that comes from now on, and names a refresh. */
  static void awaitOneWithARefresh(Database database) throws Exception {
    String now = database.value("SELECT clock_timestamp()");
    Eventually.see(
        () ->
            database.value(
                "SELECT running <> '[]' AND heartbeat_at > '%s' FROM freshet.lease".formatted(now)),
        "t"::equals);
  }
}
