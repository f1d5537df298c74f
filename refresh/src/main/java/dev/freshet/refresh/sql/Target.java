package dev.freshet.refresh.sql;

/** {@code expression AS alias} in a SELECT or RETURNING list; an empty alias is none. */
public record Target(Expression expression, String alias) {
  /** The same target over what the mapping makes of its expression. */
  public Target mapNodes(NodeMapping mapping) {
    return new Target(mapping.expression(expression), alias);
  }
}
