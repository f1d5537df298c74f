package dev.freshet.refresh.parse;

import dev.freshet.refresh.sql.Cast;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Literal;
import dev.freshet.refresh.sql.XmlExpression;
import java.util.List;
import java.util.Optional;

/** Reads SQL/XML expressions. */
final class XmlReader {
  private static final List<XmlExpression.Standalone> STANDALONE =
      List.of(
          XmlExpression.Standalone.YES,
          XmlExpression.Standalone.NO,
          XmlExpression.Standalone.NO_VALUE,
          XmlExpression.Standalone.OMITTED);

  private final TreeReader tree;

  XmlReader(TreeReader tree) {
    this.tree = tree;
  }

  Expression read(ParseNode node) {
    return node.kind().equals("XmlSerialize") ? serialize(node) : xmlExpression(node);
  }

  private Expression serialize(ParseNode node) {
    return new XmlExpression.Serialize(
        option(node),
        tree.expressions().read(node.node("expr")),
        tree.types().in(node),
        node.flag("indent"));
  }

  private Expression xmlExpression(ParseNode node) {
    List<Expression> arguments = tree.expressions().readAll(node.nodes("args"));
    String operation = node.text("op");
    if (!operation.equals("IS_XMLPARSE")) {
      node.ignoring("xmloption");
    }
    return switch (operation) {
      case "IS_XMLCONCAT" -> new XmlExpression.Concat(arguments);
      case "IS_XMLELEMENT" ->
          new XmlExpression.Element(node.text("name"), namedValues(node), arguments);
      case "IS_XMLFOREST" -> new XmlExpression.Forest(namedValues(node));
      case "IS_XMLPARSE" ->
          new XmlExpression.Parse(
              option(node), arguments.getFirst(), isTrue(node, arguments.getLast()));
      case "IS_XMLPI" ->
          new XmlExpression.Instruction(node.text("name"), arguments.stream().findFirst());
      case "IS_XMLROOT" -> root(node, arguments);
      case "IS_DOCUMENT" -> new XmlExpression.IsDocument(arguments.getFirst());
      default -> throw node.unsupported("of another kind");
    };
  }

  private List<XmlExpression.NamedValue> namedValues(ParseNode node) {
    return node.nodes("named_args").stream().map(this::namedValue).toList();
  }

  private XmlExpression.NamedValue namedValue(ParseNode node) {
    node.require("ResTarget");
    return node.complete(
        new XmlExpression.NamedValue(tree.expressions().read(node.node("val")), node.text("name")));
  }

  private static XmlExpression.Option option(ParseNode node) {
    return XmlExpression.Option.valueOf(node.text("xmloption").replaceFirst("^XMLOPTION_", ""));
  }

  private static Expression root(ParseNode node, List<Expression> arguments) {
    Optional<Integer> standalone =
        arguments.getLast() instanceof Literal.Numeric(String digits)
            ? Optional.of(Integer.parseInt(digits))
            : Optional.empty();
    return new XmlExpression.Root(
        arguments.get(0),
        arguments.get(1),
        standalone
            .map(STANDALONE::get)
            .orElseThrow(() -> node.unsupported("with another standalone")));
  }

  private static boolean isTrue(ParseNode node, Expression constant) {
    return switch (constant) {
      case Literal.Bool(boolean value) -> value;
      case Cast(Literal.Bool(boolean value), var _) -> value;
      default -> throw node.unsupported("with a computed option");
    };
  }
}
