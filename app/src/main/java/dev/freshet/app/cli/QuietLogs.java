package dev.freshet.app.cli;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Before and without Quarkus libraries log warnings only; Quarkus sets its own levels when it
 * boots.
 *
 * <p>A logger whose level is set is kept here, since the log manager would forget it.
 */
final class QuietLogs {

  private static final Logger ROOT = Logger.getLogger("");

  private QuietLogs() {}

  static void now() {
    ROOT.setLevel(Level.WARNING);
  }
}
