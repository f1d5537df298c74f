package dev.freshet.refresh.rule;

import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.ColumnType;
import dev.freshet.refresh.algebra.NotDifferentiable;
import dev.freshet.refresh.algebra.Scope;
import dev.freshet.refresh.sql.And;
import dev.freshet.refresh.sql.BinaryOperation;
import dev.freshet.refresh.sql.Case;
import dev.freshet.refresh.sql.Cast;
import dev.freshet.refresh.sql.Coalesce;
import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Expressions;
import dev.freshet.refresh.sql.FunctionCall;
import dev.freshet.refresh.sql.GroupingCall;
import dev.freshet.refresh.sql.Literal;
import dev.freshet.refresh.sql.Not;
import dev.freshet.refresh.sql.NullTest;
import dev.freshet.refresh.sql.Or;
import dev.freshet.refresh.sql.Position;
import dev.freshet.refresh.sql.SubqueryExpression;
import dev.freshet.refresh.sql.UnaryOperation;
import dev.freshet.refresh.sql.WindowCall;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The types of the expressions that the cases use; others are refused, never guessed. */
final class ExpressionTypes {

  private static final Set<String> COMPARISONS = Set.of("=", "<>", "<", "<=", ">", ">=");

  /** Of two operands the later one decides. */
  private static final List<String> NUMBERS =
      List.of("int2", "int4", "int8", "numeric", "float4", "float8");

  private final TypesInMemory queries;
  private final Scope scope;

  ExpressionTypes(TypesInMemory queries, Scope scope) {
    this.queries = queries;
    this.scope = scope;
  }

  ColumnType of(Expression expression) {
    return switch (expression) {
      case ColumnReference reference -> columnOf(reference).type();
      case Literal literal -> of(literal);
      case Cast cast -> TypesByName.of(cast.type());
      case And _, Or _, Not _, NullTest _ -> TypesByName.of("bool");
      case BinaryOperation operation -> of(operation);
      case UnaryOperation operation -> of(operation.operand());
      case Case choice ->
          firstKnown(
              Stream.concat(
                  choice.branches().stream().map(branch -> branch.result()),
                  Stream.of(choice.otherwise())));
      case Coalesce coalesce -> firstKnown(coalesce.operands().stream());
      case GroupingCall _ -> TypesByName.of("int4");
      case WindowCall call -> of(call.call());
      case FunctionCall call -> of(call);
      case SubqueryExpression.Scalar subquery ->
          queries.of(subquery.query(), scope.entries()).getFirst().type();
      default -> throw unknown(expression);
    };
  }

  private Column columnOf(ColumnReference reference) {
    return scope
        .find(reference)
        .orElseThrow(() ->
            new NotDifferentiable(
                "rewriting",
                "PostgreSQL refuses the rewritten query: no column "
                    + String.join(".", reference.path()),
                Position.NONE))
        .column();
  }

  /** As PostgreSQL would look at a condition, whose type is known. */
  void requireKnownColumns(Expression condition) {
    Expressions.collect(condition, ColumnReference.class).forEach(this::columnOf);
  }

  private static ColumnType of(Literal literal) {
    return switch (literal) {
      case Literal.Numeric number ->
          TypesByName.of(number.text().contains(".") ? "numeric" : "int4");
      case Literal.Text _, Literal.Null _ -> TypesByName.of("unknown");
      case Literal.Bool _ -> TypesByName.of("bool");
      case Literal.Bits _ -> TypesByName.of("bit");
    };
  }

  private ColumnType firstKnown(Stream<Expression> operands) {
    return operands
        .map(this::of)
        .filter(type -> !type.base().equals("unknown"))
        .findFirst()
        .orElseGet(() -> TypesByName.of("text"));
  }

  private ColumnType of(BinaryOperation operation) {
    String symbol = operation.operator().symbol();
    if (COMPARISONS.contains(symbol)) {
      return TypesByName.of("bool");
    }
    if (symbol.equals("||")) {
      return TypesByName.of("text");
    }
    int left = NUMBERS.indexOf(of(operation.left()).base());
    int right = NUMBERS.indexOf(of(operation.right()).base());
    if (left < 0 || right < 0) {
      throw unknown(operation);
    }
    return TypesByName.of(NUMBERS.get(Math.max(left, right)));
  }

  private ColumnType of(FunctionCall call) {
    return switch (call.name().getLast()) {
      case "count", "row_number", "rank" -> TypesByName.of("int8");
      case "sum" -> sumOf(argumentOf(call));
      case "avg", "stddev_samp" ->
          TypesByName.of(argumentOf(call).base().startsWith("float") ? "float8" : "numeric");
      case "min", "max", "lag", "abs" -> withoutModifier(argumentOf(call));
      case "string_agg", "upper" -> TypesByName.of("text");
      case "array_agg" -> TypesByName.arrayOf(argumentOf(call).base());
      case "unnest" -> TypesByName.of(argumentOf(call).element());
      case "generate_series" -> TypesByName.of("int4");
      case "bool_or" -> TypesByName.of("bool");
      default -> throw unknown(call);
    };
  }

  private ColumnType argumentOf(FunctionCall call) {
    return of(call.arguments().getFirst());
  }

  /** What a function returns has no declared scale, whatever its argument has. */
  private static ColumnType withoutModifier(ColumnType type) {
    return new ColumnType(
        type.schema(),
        type.name(),
        type.base(),
        type.kind(),
        -1,
        type.element(),
        type.deterministic());
  }

  private static ColumnType sumOf(ColumnType addend) {
    return switch (addend.base()) {
      case "int2", "int4" -> TypesByName.of("int8");
      case "int8", "numeric" -> TypesByName.of("numeric");
      default -> TypesByName.of(addend.base());
    };
  }

  private static IllegalArgumentException unknown(Expression expression) {
    return new IllegalArgumentException("the types in memory do not know " + expression);
  }
}
