package dev.freshet.refresh.sql;

/** {@code name => value} in the arguments of a call. */
public record NamedArgument(String name, Expression value) implements Expression {
  @Override
  public NamedArgument mapNodes(NodeMapping mapping) {
    return new NamedArgument(name, mapping.expression(value));
  }
}
