package dev.freshet.catalog.surface;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What stands in the way of installing or uninstalling, and what to do about it. */
public final class InstallationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final InstallationError error;
  private final String hint;

  InstallationException(InstallationError error, String message, String hint) {
    this(error, message, hint, null);
  }

  private InstallationException(
      InstallationError error, String message, String hint, @Nullable Throwable cause) {
    super(message, cause);
    this.error = requireNonNull(error);
    this.hint = requireNonNull(hint);
  }

  static InstallationException of(SQLException failure) {
    boolean waited = "55P03".equals(failure.getSQLState());
    return new InstallationException(
        waited ? InstallationError.BUSY : InstallationError.DATABASE,
        String.valueOf(failure.getMessage()),
        waited
            ? "Another session holds a lock; try again when it has finished."
            : "See the server's message.",
        failure);
  }

  public InstallationError error() {
    return error;
  }

  /** What to do about it, in a sentence. */
  public String hint() {
    return hint;
  }
}
