package dev.freshet.refresh.sql;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Prints trees as SQL for PostgreSQL, and as text for people. The only place where SQL text comes
 * into being: names are quoted where they have to be, nested operators always stand in parentheses.
 */
public final class SqlRenderer {
  private SqlRenderer() {}

  /** The statement, without a semicolon. */
  public static String render(Statement statement) {
    return new Printer().statements().print(statement);
  }

  /** The statement under a comment, whose lines become lines. */
  public static String render(String comment, Statement statement) {
    return commentLines(comment) + render(statement);
  }

  /** The expression as it stands in a list of targets. */
  public static String render(Expression expression) {
    return new Printer().expressions().bare(expression);
  }

  /** The entry as it stands in a FROM clause. */
  public static String render(FromItem item) {
    return new Printer().fromItems().print(item);
  }

  /** The type as it stands in a cast. */
  public static String render(TypeName type) {
    return new Printer().types().print(type);
  }

  /** A line comment ends where the line does, so that nothing in it can end it earlier. */
  private static String commentLines(String comment) {
    return Arrays.stream(comment.split("\\R", -1))
        .map(line -> ("-- " + line.replaceAll("\\p{Cntrl}", " ")).strip() + "\n")
        .collect(Collectors.joining());
  }
}
