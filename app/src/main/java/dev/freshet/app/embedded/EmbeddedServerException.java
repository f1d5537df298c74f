package dev.freshet.app.embedded;

import java.io.Serial;

/** The embedded server cannot be started or stopped; the message is one sentence. */
public final class EmbeddedServerException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  EmbeddedServerException(String message) {
    super(message);
  }

  EmbeddedServerException(String message, Throwable cause) {
    super(message, cause);
  }
}
