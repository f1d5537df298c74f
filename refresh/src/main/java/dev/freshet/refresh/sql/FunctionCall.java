package dev.freshet.refresh.sql;

import java.util.List;

/**
 * A call of a function or aggregate: which of them it is, the catalog knows. {@code count(*)} has a
 * {@link Star} as its argument, named and variadic arguments are {@link NamedArgument} and {@link
 * VariadicArgument}.
 */
public record FunctionCall(
    List<String> name,
    List<Expression> arguments,
    CallModifiers modifiers,
    Syntax syntax,
    Position position)
    implements Expression {
  /** How the call is written. */
  public enum Syntax {
    /** {@code f(a, b)}. */
    ORDINARY,
    /**
     * The form the SQL standard has for it: {@code a AT TIME ZONE b}, {@code EXTRACT(a FROM b)}.
     */
    STANDARD
  }

  public FunctionCall {
    name = List.copyOf(name);
    arguments = List.copyOf(arguments);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a function needs a name");
    }
  }

  /** An ordinary call that was not parsed. */
  public FunctionCall(List<String> name, List<Expression> arguments) {
    this(name, arguments, CallModifiers.NONE, Syntax.ORDINARY, Position.NONE);
  }

  /** The same call with other modifiers. */
  public FunctionCall withModifiers(CallModifiers changed) {
    return new FunctionCall(name, arguments, changed, syntax, position);
  }

  @Override
  public FunctionCall mapNodes(NodeMapping mapping) {
    return new FunctionCall(
        name, mapping.expressions(arguments), modifiers.mapNodes(mapping), syntax, position);
  }
}
