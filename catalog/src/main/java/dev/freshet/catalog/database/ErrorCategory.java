package dev.freshet.catalog.database;

/** What a PostgreSQL error means for whoever ran the statement; retrying follows from it. */
public enum ErrorCategory {
  /**
   * Another transaction was in the way (serialization, deadlock, lock timeout): the same work may
   * succeed at once.
   */
  CONTENTION,
  /**
   * The statement was cancelled, by a command, a watcher or a timeout, or because another instance
   * leads.
   */
  CANCELLED,
  /**
   * The connection or the server went away: a new session is needed, and a COMMIT in flight is in
   * doubt.
   */
  CONNECTION,
  /** The server lacks something (memory, disk, connections): later. */
  RESOURCES,
  /** The statement itself is at fault: the same statement will fail again. */
  STATEMENT;

  /**
   * Classifies by SQLSTATE, see <a
   * href="https://www.postgresql.org/docs/18/errcodes-appendix.html">Appendix A</a>.
   *
   * @param sqlState five characters; empty where the client itself failed
   */
  public static ErrorCategory of(String sqlState) {
    return switch (sqlState) {
      case "40001", "40P01", "55P03", "55006" -> CONTENTION;
      case "57014", "FR004" -> CANCELLED;
      case "57P01", "57P02", "57P03", "57P05", "25P03", "" -> CONNECTION;
      default -> ofClass(sqlState);
    };
  }

  private static ErrorCategory ofClass(String sqlState) {
    if (sqlState.startsWith("08")) {
      return CONNECTION;
    }
    if (sqlState.startsWith("53") || sqlState.startsWith("58")) {
      return RESOURCES;
    }
    return STATEMENT;
  }
}
