package dev.freshet.refresh.sql;

/** {@code PASSING value AS name}: a variable of a JSON path. */
public record JsonPassing(JsonValue value, String name) {
  /** The same variable over what the mapping makes of its value. */
  public JsonPassing mapNodes(NodeMapping mapping) {
    return new JsonPassing(value.mapNodes(mapping), name);
  }
}
