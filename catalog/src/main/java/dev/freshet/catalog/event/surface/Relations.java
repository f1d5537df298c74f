package dev.freshet.catalog.event.surface;

import static java.util.Objects.requireNonNull;

/**
 * The relations of a stream table.
 *
 * @param relid the table itself, which identifies it
 * @param viewRelid the view that holds its definition; 0 while a source is released
 * @param schema as it was called then
 * @param name as it was called then
 */
public record Relations(long relid, long viewRelid, String schema, String name) {
  public Relations {
    requireNonNull(schema);
    requireNonNull(name);
  }
}
