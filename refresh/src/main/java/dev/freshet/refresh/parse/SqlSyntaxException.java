package dev.freshet.refresh.parse;

/** The text is not SQL as PostgreSQL understands it. */
public final class SqlSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int position;

  SqlSyntaxException(String message, int position) {
    super(message);
    this.position = position;
  }

  /** The character at which the text stops making sense, counted from 1; 0 when unknown. */
  public int position() {
    return position;
  }
}
