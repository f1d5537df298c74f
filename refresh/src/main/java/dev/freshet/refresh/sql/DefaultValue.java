package dev.freshet.refresh.sql;

/** {@code DEFAULT} in the values of an INSERT or UPDATE. */
public record DefaultValue() implements Expression {
  @Override
  public DefaultValue mapNodes(NodeMapping mapping) {
    return this;
  }
}
