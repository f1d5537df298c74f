package dev.freshet.catalog.database;

import io.vertx.pgclient.PgException;
import java.util.Objects;
import java.util.Optional;

/** An error that PostgreSQL or the connection to it reported, classified. */
public final class DatabaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String sqlState;
  private final String detail;
  private final String hint;
  private final String position;

  private DatabaseException(
      String message,
      String sqlState,
      String detail,
      String hint,
      String position,
      Throwable cause) {
    super(message, cause);
    this.sqlState = sqlState;
    this.detail = detail;
    this.hint = hint;
    this.position = position;
  }

  /** Wraps what the client threw; an exception of ours is passed through. */
  public static DatabaseException of(Throwable failure) {
    return switch (failure) {
      case DatabaseException known -> known;
      case PgException error ->
          new DatabaseException(
              textOf(error.getErrorMessage()),
              textOf(error.getSqlState()),
              textOf(error.getDetail()),
              textOf(error.getHint()),
              textOf(error.getPosition()),
              error);
      default -> {
        String message = failure.getMessage();
        yield new DatabaseException(
            "connection failed: "
                + (message == null ? failure.getClass().getSimpleName() : message),
            "",
            "",
            "",
            "",
            failure);
      }
    };
  }

  private static String textOf(@org.jspecify.annotations.Nullable String value) {
    return Objects.requireNonNullElse(value, "");
  }

  /** The SQLSTATE; empty where the connection failed without the server saying why. */
  public String sqlState() {
    return sqlState;
  }

  public ErrorCategory category() {
    return ErrorCategory.of(sqlState);
  }

  public Optional<String> detail() {
    return present(detail);
  }

  public Optional<String> hint() {
    return present(hint);
  }

  /** The 1-based character position in the statement, if the server gave one. */
  public Optional<String> position() {
    return present(position);
  }

  private static Optional<String> present(String value) {
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }
}
