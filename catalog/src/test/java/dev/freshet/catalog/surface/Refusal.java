package dev.freshet.catalog.surface;

import static java.util.Objects.requireNonNullElse;

import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** An error of the SQL surface, as its caller sees it. */
record Refusal(
    String state, String message, String detail, String hint, String query, int position) {

  static Refusal of(PSQLException error) {
    ServerErrorMessage server = error.getServerErrorMessage();
    if (server == null) {
      throw new IllegalStateException("not an error of the server", error);
    }
    return new Refusal(
        requireNonNullElse(server.getSQLState(), ""),
        requireNonNullElse(server.getMessage(), ""),
        requireNonNullElse(server.getDetail(), ""),
        requireNonNullElse(server.getHint(), ""),
        requireNonNullElse(server.getInternalQuery(), ""),
        server.getInternalPosition());
  }

  /** Code and message; every refusal of ours has a hint, or this fails. */
  String said() {
    if (hint.isBlank()) {
      throw new AssertionError("no hint: " + this);
    }
    return state + ": " + message;
  }
}
