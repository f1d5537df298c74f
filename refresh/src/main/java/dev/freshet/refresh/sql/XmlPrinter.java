package dev.freshet.refresh.sql;

import java.util.ArrayList;
import java.util.List;

/** Prints SQL/XML. */
final class XmlPrinter {
  private final Printer printer;

  XmlPrinter(Printer printer) {
    this.printer = printer;
  }

  String print(XmlExpression expression) {
    return switch (expression) {
      case XmlExpression.Concat(var operands) ->
          Layout.enclosed("XMLCONCAT(", printer.expressions().bare(operands), ")");
      case XmlExpression.Element element -> element(element);
      case XmlExpression.Forest(var values) ->
          Layout.enclosed("XMLFOREST(", namedValues(values), ")");
      case XmlExpression.Parse(var option, var text, boolean preserve) ->
          "XMLPARSE("
              + Layout.words(option.name(), operand(text), preserve ? "PRESERVE" : "STRIP")
              + " WHITESPACE)";
      case XmlExpression.Instruction(String name, var content) ->
          "XMLPI(NAME "
              + Quoting.identifier(name)
              + content.map(text -> ", " + operand(text)).orElse("")
              + ")";
      case XmlExpression.Root root -> root(root);
      case XmlExpression.Serialize(var option, var xml, var type, boolean indent) ->
          "XMLSERIALIZE("
              + Layout.words(
                  option.name(),
                  operand(xml),
                  "AS",
                  printer.types().print(type),
                  indent ? "INDENT" : "")
              + ")";
      case XmlExpression.IsDocument(var xml) -> operand(xml) + " IS DOCUMENT";
    };
  }

  private String operand(Expression expression) {
    return printer.expressions().operand(expression);
  }

  private String element(XmlExpression.Element element) {
    List<String> parts = new ArrayList<>();
    parts.add("NAME " + Quoting.identifier(element.name()));
    if (!element.attributes().isEmpty()) {
      parts.add(Layout.enclosed("XMLATTRIBUTES(", namedValues(element.attributes()), ")"));
    }
    parts.addAll(printer.expressions().bare(element.content()));
    return Layout.enclosed("XMLELEMENT(", parts, ")");
  }

  private List<String> namedValues(List<XmlExpression.NamedValue> values) {
    return values.stream()
        .map(value ->
            operand(value.expression())
                + (value.name().isEmpty() ? "" : " AS " + Quoting.identifier(value.name())))
        .toList();
  }

  private String root(XmlExpression.Root root) {
    String version =
        root.version().equals(new Literal.Null()) ? "NO VALUE" : operand(root.version());
    String standalone =
        switch (root.standalone()) {
          case YES -> ", STANDALONE YES";
          case NO -> ", STANDALONE NO";
          case NO_VALUE -> ", STANDALONE NO VALUE";
          case OMITTED -> "";
        };
    return "XMLROOT(" + operand(root.xml()) + ", VERSION " + version + standalone + ")";
  }

  String print(XmlTableItem.XmlTable table) {
    List<String> namespaces = table.namespaces().stream().map(this::namespace).toList();
    String opening =
        namespaces.isEmpty() ? "" : Layout.enclosed("XMLNAMESPACES(", namespaces, "), ");
    return "XMLTABLE("
        + opening
        + Layout.words(
            parenthesised(table.rows()), "PASSING", parenthesised(table.document()), "COLUMNS ")
        + Layout.list(table.columns().stream().map(this::column).toList())
        + ")";
  }

  private String parenthesised(Expression expression) {
    return Layout.parenthesised(printer.expressions().bare(expression));
  }

  private String namespace(XmlTableItem.Namespace namespace) {
    return namespace.name().isEmpty()
        ? "DEFAULT " + operand(namespace.uri())
        : operand(namespace.uri()) + " AS " + Quoting.identifier(namespace.name());
  }

  private String column(XmlTableItem.Column column) {
    return switch (column) {
      case XmlTableItem.Ordinality(String name) -> Quoting.identifier(name) + " FOR ORDINALITY";
      case XmlTableItem.Value value ->
          Layout.words(
              Quoting.identifier(value.name()),
              printer.types().print(value.type()),
              value.path().map(path -> "PATH " + parenthesised(path)).orElse(""),
              value.otherwise().map(otherwise -> "DEFAULT " + parenthesised(otherwise)).orElse(""),
              value.notNull() ? "NOT NULL" : "");
    };
  }
}
