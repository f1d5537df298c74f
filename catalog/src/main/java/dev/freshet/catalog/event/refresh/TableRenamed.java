package dev.freshet.catalog.event.refresh;

import static java.util.Objects.requireNonNull;

/** The stream table's table has another name, or is in another schema. */
public record TableRenamed(String schema, String name) implements RefreshEvent {
  public TableRenamed {
    requireNonNull(schema);
    requireNonNull(name);
  }
}
