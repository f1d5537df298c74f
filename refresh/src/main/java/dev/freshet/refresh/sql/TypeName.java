package dev.freshet.refresh.sql;

import java.util.List;

/**
 * A type as it is written: name, modifiers, and how many array brackets follow.
 *
 * <p>The types with a syntax of their own appear under their catalog name, as PostgreSQL's grammar
 * has it: {@code integer} is {@code pg_catalog.int4}, {@code interval} with fields carries them in
 * its modifiers.
 */
public record TypeName(List<String> path, List<Expression> modifiers, int dimensions) {
  public TypeName {
    path = List.copyOf(path);
    modifiers = List.copyOf(modifiers);
    if (path.isEmpty() || dimensions < 0) {
      throw new IllegalArgumentException("a type needs a name and no negative dimensions");
    }
  }

  /** A type of PostgreSQL itself, by its catalog name: {@code int8}, {@code text}. */
  public static TypeName builtIn(String name) {
    return new TypeName(List.of("pg_catalog", name), List.of(), 0);
  }

  /** The array type over this one. */
  public TypeName array() {
    return new TypeName(path, modifiers, dimensions + 1);
  }
}
