package dev.freshet.refresh.sql;

import java.util.regex.Pattern;

/** A constant as it is written, before a cast gives it a type. */
public sealed interface Literal extends Expression {
  @Override
  default Literal mapNodes(NodeMapping mapping) {
    return this;
  }

  /** An integer or decimal number, in its digits. */
  record Numeric(String text) implements Literal {
    private static final Pattern NUMBER =
        Pattern.compile(
            "-?(\\d[\\d_]*(\\.[\\d_]*)?|\\.\\d[\\d_]*)([eE][+-]?\\d+)?|0[xXoObB][\\da-fA-F_]+");

    public Numeric {
      if (!NUMBER.matcher(text).matches()) {
        throw new IllegalArgumentException("not a number: " + text);
      }
    }
  }

  /** A string. */
  record Text(String value) implements Literal {}

  /** A bit string: {@code b0101} or {@code x1F}, the letter naming the base. */
  record Bits(String text) implements Literal {
    public Bits {
      if (!text.matches("[bB][01]*|[xX][0-9a-fA-F]*")) {
        throw new IllegalArgumentException("not a bit string: " + text);
      }
    }
  }

  /** {@code TRUE} or {@code FALSE}. */
  record Bool(boolean value) implements Literal {}

  /** {@code NULL}. */
  record Null() implements Literal {}
}
