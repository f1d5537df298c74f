package dev.freshet.catalog.event.surface;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.OptionalLong;

/**
 * Whose a stream table is.
 *
 * @param owner the role that created it
 * @param settings the creator's session settings that the query's result depends on
 * @param parent of a hidden one, which holds an operator's state: the stream table that it serves
 */
public record Belonging(String owner, Map<String, String> settings, OptionalLong parent) {
  public Belonging {
    requireNonNull(owner);
    settings = Map.copyOf(settings);
    requireNonNull(parent);
  }
}
