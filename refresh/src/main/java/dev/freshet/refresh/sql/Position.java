package dev.freshet.refresh.sql;

/**
 * Where a node stood in the text it was parsed from, in characters, counted from 1 as PostgreSQL
 * does in its errors.
 *
 * <p>All positions are equal: a node is what it says, not where it stood. So trees are compared by
 * structure although they remember their origin, and a rewritten tree can still name the place in
 * the query.
 */
public final class Position {
  /** The position of a node that was not parsed. */
  public static final Position NONE = new Position(0);

  private final int character;

  private Position(int character) {
    this.character = character;
  }

  /** The position of the given character, counted from 1. */
  public static Position at(int character) {
    return character < 1 ? NONE : new Position(character);
  }

  /** Counted from 1; 0 when unknown. */
  public int character() {
    return character;
  }

  /** Whether the node came from a text. */
  public boolean isKnown() {
    return character > 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Position;
  }

  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return isKnown() ? "@" + character : "@?";
  }
}
