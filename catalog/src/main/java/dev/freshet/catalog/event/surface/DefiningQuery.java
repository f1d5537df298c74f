package dev.freshet.catalog.event.surface;

import static java.util.Objects.requireNonNull;

/**
 * A defining query.
 *
 * @param canonical as PostgreSQL prints it, every name qualified
 * @param original as the user wrote it
 */
public record DefiningQuery(String canonical, String original) {
  public DefiningQuery {
    requireNonNull(canonical);
    requireNonNull(original);
  }
}
