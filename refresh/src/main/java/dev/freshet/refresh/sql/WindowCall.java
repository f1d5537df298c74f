package dev.freshet.refresh.sql;

/**
 * {@code call OVER window}. The call is a {@link FunctionCall} or one of {@link JsonExpression}'s
 * aggregates.
 *
 * <p>The call is not a child, its arguments are: a function that is called over a window is no
 * aggregate of its query, and whoever looks for aggregates must not find it.
 */
public record WindowCall(Expression call, Window window) implements Expression {
  @Override
  public WindowCall mapNodes(NodeMapping mapping) {
    return new WindowCall(call.mapNodes(mapping), window.mapNodes(mapping));
  }

  @Override
  public Position position() {
    return call.position();
  }
}
