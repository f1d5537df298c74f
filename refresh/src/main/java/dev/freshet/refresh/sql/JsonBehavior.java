package dev.freshet.refresh.sql;

/** What a SQL/JSON function returns instead of a value: its ON EMPTY or ON ERROR clause. */
public sealed interface JsonBehavior {
  /** The same behavior over what the mapping makes of its expression. */
  default JsonBehavior mapNodes(NodeMapping mapping) {
    return this;
  }

  /** No clause. */
  record Unspecified() implements JsonBehavior {}

  /** A fixed outcome. */
  record Fixed(Outcome outcome) implements JsonBehavior {}

  /** {@code DEFAULT value}. */
  record Default(Expression value) implements JsonBehavior {
    @Override
    public Default mapNodes(NodeMapping mapping) {
      return new Default(mapping.expression(value));
    }
  }

  /** The outcomes that need no expression. */
  enum Outcome {
    NULL,
    ERROR,
    EMPTY,
    TRUE,
    FALSE,
    UNKNOWN,
    EMPTY_ARRAY,
    EMPTY_OBJECT
  }
}
