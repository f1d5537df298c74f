package dev.freshet.catalog.chore;

import dev.freshet.catalog.database.Session;
import java.time.Duration;

/**
 * Something short that is to be done from time to time, by the instance that leads; one that fails
 * is done again.
 */
public interface Chore {

  /** What is being done, for the log: "emptying buffers". */
  String name();

  /** The least time from one run to the next. */
  Duration interval();

  /** Does it, outside a transaction; blocks until it is done. */
  void run(Session session);
}
