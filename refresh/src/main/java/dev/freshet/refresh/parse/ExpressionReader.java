package dev.freshet.refresh.parse;

import dev.freshet.refresh.sql.And;
import dev.freshet.refresh.sql.ArrayConstructor;
import dev.freshet.refresh.sql.BooleanTest;
import dev.freshet.refresh.sql.Case;
import dev.freshet.refresh.sql.Cast;
import dev.freshet.refresh.sql.Coalesce;
import dev.freshet.refresh.sql.Collate;
import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.DefaultValue;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Greatest;
import dev.freshet.refresh.sql.GroupingCall;
import dev.freshet.refresh.sql.Indirection;
import dev.freshet.refresh.sql.Least;
import dev.freshet.refresh.sql.Literal;
import dev.freshet.refresh.sql.NamedArgument;
import dev.freshet.refresh.sql.Not;
import dev.freshet.refresh.sql.NullTest;
import dev.freshet.refresh.sql.Or;
import dev.freshet.refresh.sql.Parameter;
import dev.freshet.refresh.sql.RowConstructor;
import dev.freshet.refresh.sql.SimpleCase;
import dev.freshet.refresh.sql.Star;
import dev.freshet.refresh.sql.When;
import java.util.List;
import java.util.Optional;

/** Reads expressions; those with many forms of their own have a reader each. */
final class ExpressionReader {
  private final TreeReader tree;
  private final OperatorReader operators;

  ExpressionReader(TreeReader tree) {
    this.tree = tree;
    this.operators = new OperatorReader(tree);
  }

  List<Expression> readAll(List<ParseNode> nodes) {
    return nodes.stream().map(this::read).toList();
  }

  Optional<Expression> read(Optional<ParseNode> node) {
    return node.map(this::read);
  }

  /** The conjuncts of a condition; none of an absent one. */
  List<Expression> conjuncts(Optional<ParseNode> condition) {
    return read(condition)
        .map(whole -> whole instanceof And and ? and.operands() : List.of(whole))
        .orElse(List.of());
  }

  Expression read(ParseNode node) {
    return tree.nested(node, () -> node.complete(expression(node)));
  }

  private Expression expression(ParseNode node) {
    return switch (node.kind()) {
      case "ColumnRef" -> column(node);
      case "A_Const" -> constant(node);
      case "ParamRef" -> new Parameter(node.number("number"));
      case "TypeCast" -> new Cast(read(node.node("arg")), tree.types().in(node));
      case "CollateClause" -> new Collate(read(node.node("arg")), node.names("collname"));
      case "A_Indirection" -> indirection(node);
      case "A_ArrayExpr" -> new ArrayConstructor(readAll(node.nodes("elements")));
      case "RowExpr" -> row(node);
      case "BoolExpr" -> logical(node);
      case "NullTest" -> nullTest(node);
      case "BooleanTest" -> booleanTest(node);
      case "CaseExpr" -> conditional(node);
      case "CoalesceExpr" -> new Coalesce(readAll(node.nodes("args")));
      case "MinMaxExpr" -> extreme(node);
      case "GroupingFunc" -> new GroupingCall(readAll(node.nodes("args")));
      case "NamedArgExpr" -> namedArgument(node);
      case "SetToDefault" -> new DefaultValue();
      case "A_Expr" -> operators.operation(node);
      case "SubLink" -> operators.subquery(node);
      case "FuncCall", "SQLValueFunction" -> tree.calls().read(node);
      case "XmlExpr", "XmlSerialize" -> tree.xml().read(node);
      default -> tree.json().read(node);
    };
  }

  private Expression column(ParseNode node) {
    List<ParseNode> fields = node.nodes("fields");
    ParseNode last = fields.isEmpty() ? node : fields.getLast();
    if (last.kind().equals("A_Star")) {
      return new Star(strings(fields.subList(0, fields.size() - 1)));
    }
    return new ColumnReference(strings(fields), node.position());
  }

  private static List<String> strings(List<ParseNode> nodes) {
    return nodes.stream().map(ParseNode::string).toList();
  }

  private Expression constant(ParseNode node) {
    if (node.flag("isnull")) {
      return new Literal.Null();
    }
    return node.optionalPart("ival", "Integer")
        .<Expression>map(value -> new Literal.Numeric(value.complete("" + value.number("ival"))))
        .or(() -> part(node, "fval", "Float").map(Literal.Numeric::new))
        .or(() -> part(node, "sval", "String").map(Literal.Text::new))
        .or(() -> part(node, "bsval", "BitString").map(Literal.Bits::new))
        .or(() ->
            node.optionalPart("boolval", "Boolean")
                .map(value -> new Literal.Bool(value.complete(value.flag("boolval")))))
        .orElseThrow(() -> node.unsupported("without a value"));
  }

  private static Optional<String> part(ParseNode node, String field, String kind) {
    return node.optionalPart(field, kind).map(value -> value.complete(value.text(field)));
  }

  private Expression indirection(ParseNode node) {
    return new Indirection(
        read(node.node("arg")), node.nodes("indirection").stream().map(this::step).toList());
  }

  private Indirection.Step step(ParseNode node) {
    return switch (node.kind()) {
      case "String" -> new Indirection.Field(node.string());
      case "A_Star" -> new Indirection.AllFields();
      case "A_Indices" -> node.complete(subscript(node));
      default -> throw node.unsupported("in an indirection");
    };
  }

  private Indirection.Step subscript(ParseNode node) {
    if (node.flag("is_slice")) {
      return new Indirection.Slice(
          read(node.optionalNode("lidx")), read(node.optionalNode("uidx")));
    }
    return new Indirection.Index(read(node.node("uidx")));
  }

  private Expression row(ParseNode node) {
    node.ignoring("row_format");
    return new RowConstructor(readAll(node.nodes("args")));
  }

  private Expression logical(ParseNode node) {
    List<Expression> operands = readAll(node.nodes("args"));
    return switch (node.text("boolop")) {
      case "AND_EXPR" -> new And(operands);
      case "OR_EXPR" -> new Or(operands);
      case "NOT_EXPR" -> new Not(operands.getFirst());
      default -> throw node.unsupported("of another kind");
    };
  }

  private Expression nullTest(ParseNode node) {
    return new NullTest(read(node.node("arg")), node.text("nulltesttype").equals("IS_NOT_NULL"));
  }

  private Expression booleanTest(ParseNode node) {
    String test = node.text("booltesttype");
    return new BooleanTest(
        read(node.node("arg")),
        BooleanTest.Truth.valueOf(test.substring(test.lastIndexOf('_') + 1)),
        test.startsWith("IS_NOT_"));
  }

  private Expression conditional(ParseNode node) {
    List<When> branches = node.nodes("args").stream().map(this::branch).toList();
    Expression otherwise = read(node.optionalNode("defresult")).orElse(new Literal.Null());
    return read(node.optionalNode("arg"))
        .<Expression>map(operand -> new SimpleCase(operand, branches, otherwise))
        .orElseGet(() -> new Case(branches, otherwise));
  }

  private When branch(ParseNode node) {
    node.require("CaseWhen");
    return node.complete(new When(read(node.node("expr")), read(node.node("result"))));
  }

  private Expression extreme(ParseNode node) {
    List<Expression> operands = readAll(node.nodes("args"));
    return node.text("op").equals("IS_GREATEST") ? new Greatest(operands) : new Least(operands);
  }

  private Expression namedArgument(ParseNode node) {
    return new NamedArgument(node.text("name"), read(node.node("arg")));
  }
}
