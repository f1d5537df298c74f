package dev.freshet.refresh.sql;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Words for building SQL trees in code. */
public final class Sql {
  private Sql() {}

  /** {@code a}, {@code t.a}. */
  public static ColumnReference column(String... path) {
    return new ColumnReference(List.of(path));
  }

  /** An integer constant. */
  public static Literal integer(long value) {
    return new Literal.Numeric(Long.toString(value));
  }

  /** A string constant, of unknown type. */
  public static Literal text(String value) {
    return new Literal.Text(value);
  }

  /** {@code TRUE}. */
  public static Literal truth() {
    return new Literal.Bool(true);
  }

  /** {@code FALSE}. */
  public static Literal falsehood() {
    return new Literal.Bool(false);
  }

  /** {@code NULL}. */
  public static Literal nothing() {
    return new Literal.Null();
  }

  /** {@code $n}. */
  public static Parameter parameter(int number) {
    return new Parameter(number);
  }

  /** {@code operand::type}. */
  public static Cast cast(Expression operand, TypeName type) {
    return new Cast(operand, type);
  }

  /** {@code operand::type} to a type of pg_catalog. */
  public static Cast cast(Expression operand, String builtInType) {
    return new Cast(operand, TypeName.builtIn(builtInType));
  }

  /** {@code left operator right}, the operator being found on the search path. */
  public static BinaryOperation operation(Expression left, String symbol, Expression right) {
    return new BinaryOperation(OperatorName.of(symbol), left, right);
  }

  /** {@code left = right}. */
  public static BinaryOperation equal(Expression left, Expression right) {
    return operation(left, "=", right);
  }

  /** {@code left <> right}. */
  public static BinaryOperation notEqual(Expression left, Expression right) {
    return operation(left, "<>", right);
  }

  /** {@code left < right}. */
  public static BinaryOperation less(Expression left, Expression right) {
    return operation(left, "<", right);
  }

  /** {@code left > right}. */
  public static BinaryOperation greater(Expression left, Expression right) {
    return operation(left, ">", right);
  }

  /** {@code left + right}. */
  public static BinaryOperation plus(Expression left, Expression right) {
    return operation(left, "+", right);
  }

  /** {@code left - right}. */
  public static BinaryOperation minus(Expression left, Expression right) {
    return operation(left, "-", right);
  }

  /** {@code left * right}. */
  public static BinaryOperation times(Expression left, Expression right) {
    return operation(left, "*", right);
  }

  /** {@code -operand}. */
  public static UnaryOperation negative(Expression operand) {
    return new UnaryOperation(OperatorName.of("-"), operand);
  }

  /** The conjunction; TRUE of none, the condition itself of one. */
  public static Expression and(List<? extends Expression> conditions) {
    return switch (conditions.size()) {
      case 0 -> truth();
      case 1 -> conditions.getFirst();
      default -> new And(List.copyOf(conditions));
    };
  }

  /** The conjunction. */
  public static Expression and(Expression... conditions) {
    return and(Arrays.asList(conditions));
  }

  /** The disjunction; FALSE of none, the condition itself of one. */
  public static Expression or(List<? extends Expression> conditions) {
    return switch (conditions.size()) {
      case 0 -> falsehood();
      case 1 -> conditions.getFirst();
      default -> new Or(List.copyOf(conditions));
    };
  }

  /** The disjunction. */
  public static Expression or(Expression... conditions) {
    return or(Arrays.asList(conditions));
  }

  /** {@code NOT operand}. */
  public static Not not(Expression operand) {
    return new Not(operand);
  }

  /** {@code operand IS NULL}. */
  public static NullTest isNull(Expression operand) {
    return new NullTest(operand, false);
  }

  /** {@code operand IS NOT NULL}. */
  public static NullTest isNotNull(Expression operand) {
    return new NullTest(operand, true);
  }

  /**
   * {@code operand IS NOT DISTINCT FROM NULL}: that it is NULL itself. Of a composite whose fields
   * are NULL, {@code IS NULL} is true as well.
   */
  public static DistinctTest isAbsent(Expression operand) {
    return isNotDistinctFrom(operand, nothing());
  }

  /** {@code operand IS DISTINCT FROM NULL}: that it is not NULL itself. */
  public static DistinctTest isPresent(Expression operand) {
    return isDistinctFrom(operand, nothing());
  }

  /** {@code left IS DISTINCT FROM right}. */
  public static DistinctTest isDistinctFrom(Expression left, Expression right) {
    return new DistinctTest(left, right, false);
  }

  /** {@code left IS NOT DISTINCT FROM right}. */
  public static DistinctTest isNotDistinctFrom(Expression left, Expression right) {
    return new DistinctTest(left, right, true);
  }

  /** {@code name(arguments)}, the function being found on the search path. */
  public static FunctionCall call(String name, Expression... arguments) {
    return new FunctionCall(List.of(name), Arrays.asList(arguments));
  }

  /** {@code schema.name(arguments)}. */
  public static FunctionCall call(List<String> name, List<Expression> arguments) {
    return new FunctionCall(name, arguments);
  }

  /** {@code count(*)}. */
  public static FunctionCall countAll() {
    return call("count", new Star(List.of()));
  }

  /** {@code COALESCE(operands)}. */
  public static Coalesce coalesce(Expression... operands) {
    return new Coalesce(Arrays.asList(operands));
  }

  /** {@code CASE WHEN condition THEN result ELSE otherwise END}. */
  public static Case when(Expression condition, Expression result, Expression otherwise) {
    return new Case(List.of(new When(condition, result)), otherwise);
  }

  /** {@code ROW(fields)}. */
  public static RowConstructor row(List<? extends Expression> fields) {
    return new RowConstructor(List.copyOf(fields));
  }

  /** {@code call OVER (PARTITION BY … ORDER BY …)}, with the default frame. */
  public static WindowCall over(
      FunctionCall call, List<? extends Expression> partitionBy, List<SortKey> orderBy) {
    return new WindowCall(
        call, new Window.Definition("", List.copyOf(partitionBy), orderBy, Optional.empty()));
  }

  /** {@code EXISTS (query)}. */
  public static SubqueryExpression exists(Query query) {
    return new SubqueryExpression.Exists(query, Position.NONE);
  }

  /** {@code (query)} as a value. */
  public static SubqueryExpression scalar(Query query) {
    return new SubqueryExpression.Scalar(query, Position.NONE);
  }

  /** {@code operand IN (query)}. */
  public static SubqueryExpression in(Expression operand, Query query) {
    return new SubqueryExpression.Quantified(
        operand, OperatorName.EQUAL, Quantifier.ANY, query, Position.NONE);
  }

  /** {@code left kind JOIN right ON conjuncts}; without conjuncts a CROSS JOIN. */
  public static JoinItem join(
      JoinItem.Kind kind, FromItem left, FromItem right, List<Expression> conjuncts) {
    JoinCondition condition =
        conjuncts.isEmpty() ? new JoinCondition.None() : new JoinCondition.On(conjuncts);
    return new JoinItem(kind, left, right, condition, Alias.NONE);
  }

  /** {@code left UNION ALL right}. */
  public static SetOperation unionAll(Query left, Query right) {
    return SetOperation.of(SetOperation.Kind.UNION, true, left, right);
  }
}
