package dev.freshet.refresh.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Prints expressions. */
final class ExpressionPrinter {
  private final Printer printer;

  ExpressionPrinter(Printer printer) {
    this.printer = printer;
  }

  /** The expression as an operand: what is not a unit by itself stands in parentheses. */
  String operand(Expression expression) {
    String text = bare(expression);
    return isUnit(expression) ? text : Layout.parenthesised(text);
  }

  List<String> operands(List<? extends Expression> expressions) {
    return expressions.stream().map(this::operand).toList();
  }

  List<String> bare(List<? extends Expression> expressions) {
    return expressions.stream().map(this::bare).toList();
  }

  /** Conjuncts that AND will be put between. */
  List<String> conjuncts(List<Expression> conjuncts) {
    return conjuncts.size() == 1 ? bare(conjuncts) : operands(conjuncts);
  }

  private static boolean isUnit(Expression expression) {
    return switch (expression) {
      case And _, Or _, Not _ -> false;
      case UnaryOperation _, BinaryOperation _, ArrayComparison _, InList _, Between _ -> false;
      case NullTest _, BooleanTest _, DistinctTest _, Collate _ -> false;
      case SubqueryExpression.Quantified _ -> false;
      case XmlExpression.IsDocument _, JsonExpression.IsJson _ -> false;
      case NamedArgument _, VariadicArgument _ -> false;
      case Literal.Numeric(String digits) -> !digits.startsWith("-");
      case FunctionCall call -> !StandardSyntax.isOperator(call);
      case ColumnReference _, Star _, Literal _, Parameter _, DefaultValue _, Cast _ -> true;
      case Case _, SimpleCase _, Coalesce _, Greatest _, Least _, NullIf _ -> true;
      case ArrayConstructor _, RowConstructor _, Indirection _, GroupingCall _ -> true;
      case WindowCall _, ValueFunction _, SubqueryExpression _ -> true;
      case XmlExpression _, JsonExpression _ -> true;
    };
  }

  /** The expression as it stands where nothing is next to it. */
  String bare(Expression expression) {
    return switch (expression) {
      case ColumnReference column -> Quoting.path(column.path());
      case Star star -> star.qualifier().isEmpty() ? "*" : Quoting.path(star.qualifier()) + ".*";
      case Literal literal -> literal(literal);
      case Parameter parameter -> "$" + parameter.number();
      case DefaultValue _ -> "DEFAULT";
      case Cast cast -> operand(cast.operand()) + "::" + printer.types().print(cast.type());
      case Collate collate ->
          operand(collate.operand()) + " COLLATE " + Quoting.path(collate.collation());
      case UnaryOperation operation ->
          operator(operation.operator()) + " " + operand(operation.operand());
      case BinaryOperation operation -> binary(operation);
      case And and -> joined(" AND ", and.operands());
      case Or or -> joined(" OR ", or.operands());
      case Not not -> "NOT " + operand(not.operand());
      case NullTest test -> operand(test.operand()) + is(test.negated()) + "NULL";
      case BooleanTest test -> operand(test.operand()) + is(test.negated()) + test.truth();
      case DistinctTest test ->
          operand(test.left()) + is(test.negated()) + "DISTINCT FROM " + operand(test.right());
      case Between between -> between(between);
      case InList list -> inList(list);
      case ArrayComparison comparison -> arrayComparison(comparison);
      case Case conditional -> conditional("CASE", conditional.branches(), conditional.otherwise());
      case SimpleCase conditional ->
          conditional(
              "CASE " + operand(conditional.operand()),
              conditional.branches(),
              conditional.otherwise());
      case Coalesce call -> call("COALESCE(", call.operands(), ")");
      case Greatest call -> call("GREATEST(", call.operands(), ")");
      case Least call -> call("LEAST(", call.operands(), ")");
      case NullIf call -> call("NULLIF(", List.of(call.left(), call.right()), ")");
      case ArrayConstructor array -> call("ARRAY[", array.elements(), "]");
      case RowConstructor row -> call("ROW(", row.fields(), ")");
      case GroupingCall call -> call("GROUPING(", call.operands(), ")");
      case Indirection indirection -> indirection(indirection);
      case SubqueryExpression subquery -> subquery(subquery);
      case FunctionCall call -> printer.calls().print(call);
      case NamedArgument argument ->
          Quoting.identifier(argument.name()) + " => " + bare(argument.value());
      case VariadicArgument argument -> "VARIADIC " + bare(argument.array());
      case WindowCall call -> printer.calls().print(call);
      case ValueFunction function -> printer.calls().print(function);
      case XmlExpression xml -> printer.xml().print(xml);
      case JsonExpression json -> printer.json().print(json);
    };
  }

  /** An operator between or before its operands. */
  static String operator(OperatorName operator) {
    return operator.schema().isEmpty()
        ? operator.symbol()
        : "OPERATOR(" + Quoting.identifier(operator.schema()) + "." + operator.symbol() + ")";
  }

  private static String is(boolean negated) {
    return negated ? " IS NOT " : " IS ";
  }

  private static String literal(Literal literal) {
    return switch (literal) {
      case Literal.Numeric(String digits) -> digits;
      case Literal.Text(String value) -> Quoting.literal(value);
      case Literal.Bits(String text) -> text.charAt(0) + "'" + text.substring(1) + "'";
      case Literal.Bool(boolean value) -> value ? "true" : "false";
      case Literal.Null() -> "NULL";
    };
  }

  private String binary(BinaryOperation operation) {
    return operand(operation.left())
        + " "
        + operator(operation.operator())
        + " "
        + operand(operation.right());
  }

  private String joined(String word, List<Expression> conditions) {
    return String.join(word, operands(conditions));
  }

  private String between(Between between) {
    return operand(between.operand())
        + (between.negated() ? " NOT" : "")
        + " BETWEEN "
        + (between.symmetric() ? "SYMMETRIC " : "")
        + operand(between.low())
        + " AND "
        + operand(between.high());
  }

  private String inList(InList list) {
    return operand(list.operand())
        + (list.negated() ? " NOT IN " : " IN ")
        + call("(", list.values(), ")");
  }

  private String arrayComparison(ArrayComparison comparison) {
    return Layout.words(
        operand(comparison.operand()),
        operator(comparison.operator()),
        comparison.quantifier().name(),
        Layout.parenthesised(bare(comparison.array())));
  }

  private String call(String opening, List<Expression> arguments, String closing) {
    return Layout.enclosed(opening, bare(arguments), closing);
  }

  private String conditional(String opening, List<When> branches, Expression otherwise) {
    List<String> lines = new ArrayList<>();
    for (When branch : branches) {
      lines.add("WHEN " + operand(branch.condition()) + " THEN " + operand(branch.result()));
    }
    lines.add("ELSE " + operand(otherwise));
    boolean oneLine = branches.size() == 1 && lines.stream().noneMatch(line -> line.contains("\n"));
    return oneLine
        ? opening + " " + String.join(" ", lines) + " END"
        : opening + "\n" + Layout.indented(String.join("\n", lines)) + "\nEND";
  }

  private String indirection(Indirection indirection) {
    boolean plain =
        indirection.base() instanceof ColumnReference
            && (indirection.steps().getFirst() instanceof Indirection.Index
                || indirection.steps().getFirst() instanceof Indirection.Slice);
    String base = plain ? bare(indirection.base()) : Layout.parenthesised(bare(indirection.base()));
    return indirection.steps().stream().map(this::step).collect(Collectors.joining("", base, ""));
  }

  private String step(Indirection.Step step) {
    return switch (step) {
      case Indirection.Field(String name) -> "." + Quoting.identifier(name);
      case Indirection.AllFields() -> ".*";
      case Indirection.Index(Expression index) -> "[" + bare(index) + "]";
      case Indirection.Slice(var lower, var upper) -> "[" + bound(lower) + ":" + bound(upper) + "]";
    };
  }

  private String bound(Optional<Expression> bound) {
    return bound.map(this::operand).orElse("");
  }

  private String subquery(SubqueryExpression subquery) {
    String query = Layout.parenthesised(printer.queries().print(subquery.query()));
    return switch (subquery) {
      case SubqueryExpression.Exists _ -> "EXISTS " + query;
      case SubqueryExpression.Scalar _ -> query;
      case SubqueryExpression.ArrayOf _ -> "ARRAY" + query;
      case SubqueryExpression.Quantified quantified ->
          operand(quantified.operand()) + " " + comparison(quantified) + " " + query;
    };
  }

  private static String comparison(SubqueryExpression.Quantified quantified) {
    boolean in =
        quantified.quantifier() == Quantifier.ANY
            && quantified.operator().equals(OperatorName.EQUAL);
    return in ? "IN" : operator(quantified.operator()) + " " + quantified.quantifier();
  }
}
