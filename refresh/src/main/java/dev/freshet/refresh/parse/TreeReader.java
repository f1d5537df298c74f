package dev.freshet.refresh.parse;

import java.util.function.Supplier;

/** The readers of the kinds of parse nodes, which need one another. One object reads one text. */
final class TreeReader {
  /**
   * How deep expressions and queries may be nested: whoever walks the tree recursively does so on
   * an ordinary stack of 1 MB, which was seen to overflow at a depth of 250.
   */
  static final int NESTING_MAX = 100;

  private final ExpressionReader expressions = new ExpressionReader(this);
  private final CallReader calls = new CallReader(this);
  private final XmlReader xml = new XmlReader(this);
  private final JsonExpressionReader json = new JsonExpressionReader(this);
  private final TypeReader types = new TypeReader(this);
  private final FromReader fromItems = new FromReader(this);
  private final JsonTableReader jsonTables = new JsonTableReader(this);
  private final QueryReader queries = new QueryReader(this);

  private int depth;

  /** Reads a node one level further down. */
  <T> T nested(ParseNode node, Supplier<T> reading) {
    if (depth == NESTING_MAX) {
      throw node.unsupported("at a depth of more than " + NESTING_MAX);
    }
    depth++;
    try {
      return reading.get();
    } finally {
      depth--;
    }
  }

  ExpressionReader expressions() {
    return expressions;
  }

  CallReader calls() {
    return calls;
  }

  XmlReader xml() {
    return xml;
  }

  JsonExpressionReader json() {
    return json;
  }

  TypeReader types() {
    return types;
  }

  FromReader fromItems() {
    return fromItems;
  }

  JsonTableReader jsonTables() {
    return jsonTables;
  }

  QueryReader queries() {
    return queries;
  }
}
