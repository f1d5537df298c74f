package dev.freshet.app.wiring;

import java.io.Serial;

/** The service must not, or cannot, start as it is configured. */
final class StartRefused extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  StartRefused(String message) {
    super(message);
  }
}
