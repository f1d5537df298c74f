package dev.freshet.refresh.parse;

import dev.freshet.refresh.sql.Position;

/** Valid SQL that the tree of {@link dev.freshet.refresh.sql} has no node for. */
public final class UnsupportedSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String construct;
  private final transient Position position;

  UnsupportedSyntaxException(String construct, Position position) {
    super("no syntax tree for " + construct);
    this.construct = construct;
    this.position = position;
  }

  /** A text that exhausts the parser before there is a tree. */
  static UnsupportedSyntaxException tooDeep() {
    return new UnsupportedSyntaxException("a text nested so deeply", Position.NONE);
  }

  /** The construct, by the name of PostgreSQL's parse node, and what of it is not known. */
  public String construct() {
    return construct;
  }

  /** Where it stands in the text. */
  public Position position() {
    return position;
  }
}
