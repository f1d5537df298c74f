package dev.freshet.refresh.sql;

/** {@code operand::type}. */
public record Cast(Expression operand, TypeName type) implements Expression {
  @Override
  public Cast mapNodes(NodeMapping mapping) {
    return new Cast(mapping.expression(operand), type);
  }
}
