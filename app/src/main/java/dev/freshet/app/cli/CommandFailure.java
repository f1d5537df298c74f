package dev.freshet.app.cli;

import java.io.Serial;

/** A command cannot do what it was asked for; the message is the one line that says why. */
public final class CommandFailure extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  public CommandFailure(String message) {
    super(message);
  }

  public CommandFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
