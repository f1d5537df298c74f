package dev.freshet.refresh.sql;

/** {@code $n}, a value bound when the statement runs. */
public record Parameter(int number) implements Expression {
  public Parameter {
    if (number < 1) {
      throw new IllegalArgumentException("parameters are numbered from 1");
    }
  }

  @Override
  public Parameter mapNodes(NodeMapping mapping) {
    return this;
  }
}
