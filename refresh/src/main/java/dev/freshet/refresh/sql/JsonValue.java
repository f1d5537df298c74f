package dev.freshet.refresh.sql;

/** A value given to SQL/JSON, with the format it is in. */
public record JsonValue(Expression expression, JsonFormat format) {
  /** The same value over what the mapping makes of its expression. */
  public JsonValue mapNodes(NodeMapping mapping) {
    return new JsonValue(mapping.expression(expression), format);
  }
}
