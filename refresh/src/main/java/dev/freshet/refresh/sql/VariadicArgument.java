package dev.freshet.refresh.sql;

/** {@code VARIADIC array}, the last argument of a call. */
public record VariadicArgument(Expression array) implements Expression {
  @Override
  public VariadicArgument mapNodes(NodeMapping mapping) {
    return new VariadicArgument(mapping.expression(array));
  }
}
