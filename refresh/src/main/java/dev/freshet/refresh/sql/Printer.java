package dev.freshet.refresh.sql;

/** The printers of the kinds of nodes, which need one another. */
final class Printer {
  private final TypePrinter types = new TypePrinter(this);
  private final ExpressionPrinter expressions = new ExpressionPrinter(this);
  private final CallPrinter calls = new CallPrinter(this);
  private final XmlPrinter xml = new XmlPrinter(this);
  private final JsonPrinter json = new JsonPrinter(this);
  private final FromPrinter fromItems = new FromPrinter(this);
  private final QueryPrinter queries = new QueryPrinter(this);
  private final StatementPrinter statements = new StatementPrinter(this);

  TypePrinter types() {
    return types;
  }

  ExpressionPrinter expressions() {
    return expressions;
  }

  CallPrinter calls() {
    return calls;
  }

  XmlPrinter xml() {
    return xml;
  }

  JsonPrinter json() {
    return json;
  }

  FromPrinter fromItems() {
    return fromItems;
  }

  QueryPrinter queries() {
    return queries;
  }

  StatementPrinter statements() {
    return statements;
  }
}
