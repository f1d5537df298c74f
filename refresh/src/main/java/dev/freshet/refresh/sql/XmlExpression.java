package dev.freshet.refresh.sql;

import java.util.List;
import java.util.Optional;

/** The expressions that SQL/XML writes in its own way. */
public sealed interface XmlExpression extends Expression {
  @Override
  XmlExpression mapNodes(NodeMapping mapping);

  /** Whether the text is a whole document or a piece of one. */
  enum Option {
    DOCUMENT,
    CONTENT
  }

  /** What XMLROOT says about the standalone declaration. */
  enum Standalone {
    YES,
    NO,
    NO_VALUE,
    OMITTED
  }

  /**
   * {@code expression AS name}: an attribute or an element of a forest; an empty name is the
   * column's own.
   */
  record NamedValue(Expression expression, String name) {
    /** The same value over what the mapping makes of its expression. */
    public NamedValue mapNodes(NodeMapping mapping) {
      return new NamedValue(mapping.expression(expression), name);
    }
  }

  /** {@code XMLCONCAT(operands)}. */
  record Concat(List<Expression> operands) implements XmlExpression {
    public Concat {
      operands = List.copyOf(operands);
    }

    @Override
    public Concat mapNodes(NodeMapping mapping) {
      return new Concat(mapping.expressions(operands));
    }
  }

  /** {@code XMLELEMENT(NAME name, XMLATTRIBUTES(attributes), content)}. */
  record Element(String name, List<NamedValue> attributes, List<Expression> content)
      implements XmlExpression {
    public Element {
      attributes = List.copyOf(attributes);
      content = List.copyOf(content);
    }

    @Override
    public Element mapNodes(NodeMapping mapping) {
      return new Element(
          name,
          attributes.stream().map(attribute -> attribute.mapNodes(mapping)).toList(),
          mapping.expressions(content));
    }
  }

  /** {@code XMLFOREST(values)}. */
  record Forest(List<NamedValue> values) implements XmlExpression {
    public Forest {
      values = List.copyOf(values);
    }

    @Override
    public Forest mapNodes(NodeMapping mapping) {
      return new Forest(values.stream().map(value -> value.mapNodes(mapping)).toList());
    }
  }

  /** {@code XMLPARSE(option text [PRESERVE | STRIP] WHITESPACE)}. */
  record Parse(Option option, Expression text, boolean preserveWhitespace)
      implements XmlExpression {
    @Override
    public Parse mapNodes(NodeMapping mapping) {
      return new Parse(option, mapping.expression(text), preserveWhitespace);
    }
  }

  /** {@code XMLPI(NAME name, content)}. */
  record Instruction(String name, Optional<Expression> content) implements XmlExpression {
    @Override
    public Instruction mapNodes(NodeMapping mapping) {
      return new Instruction(name, mapping.expression(content));
    }
  }

  /** {@code XMLROOT(xml, VERSION version, STANDALONE standalone)}; a NULL version is NO VALUE. */
  record Root(Expression xml, Expression version, Standalone standalone) implements XmlExpression {
    @Override
    public Root mapNodes(NodeMapping mapping) {
      return new Root(mapping.expression(xml), mapping.expression(version), standalone);
    }
  }

  /** {@code XMLSERIALIZE(option xml AS type INDENT)}. */
  record Serialize(Option option, Expression xml, TypeName type, boolean indent)
      implements XmlExpression {
    @Override
    public Serialize mapNodes(NodeMapping mapping) {
      return new Serialize(option, mapping.expression(xml), type, indent);
    }
  }

  /** {@code operand IS DOCUMENT}. */
  record IsDocument(Expression operand) implements XmlExpression {
    @Override
    public IsDocument mapNodes(NodeMapping mapping) {
      return new IsDocument(mapping.expression(operand));
    }
  }
}
