package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.algebra.ColumnType;
import dev.freshet.refresh.algebra.Scope;
import dev.freshet.refresh.sql.BinaryOperation;
import dev.freshet.refresh.sql.Case;
import dev.freshet.refresh.sql.Cast;
import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FunctionCall;
import dev.freshet.refresh.sql.Literal;
import dev.freshet.refresh.sql.OperatorName;
import dev.freshet.refresh.sql.UnaryOperation;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntBinaryOperator;
import java.util.stream.Stream;

/**
 * The numbers of digits after the point that the values of a numeric expression may have.
 *
 * <p>A sum shows as many digits as the longest of its addends. Where these differ, taking back the
 * longest leaves a running sum with more digits than a fresh one; so it must be known how many
 * addends have how many digits, which it can be where there are few numbers to choose from. Zero
 * for integers.
 */
final class NumericScale {

  private static final int SCALE_MASK = 0x7ff;
  private static final int SCALE_SIGN = 1024;
  private static final int HEADER = 4;
  private static final int SCALES_MAX = 3;

  private static final Set<String> WHOLE_FIELDS =
      Set.of(
          "century",
          "day",
          "decade",
          "dow",
          "doy",
          "hour",
          "isodow",
          "isoyear",
          "millennium",
          "minute",
          "month",
          "quarter",
          "week",
          "year");

  private final Scope scope;

  NumericScale(Scope scope) {
    this.scope = scope;
  }

  /** The one number that all values share; empty if it is not known that there is one. */
  OptionalInt of(Expression expression) {
    NavigableSet<Integer> all = allOf(expression);
    return all.size() == 1 ? OptionalInt.of(all.getFirst()) : OptionalInt.empty();
  }

  /** All numbers there may be; empty if that is not known, or they are too many. */
  NavigableSet<Integer> allOf(Expression expression) {
    NavigableSet<Integer> all =
        switch (expression) {
          case ColumnReference reference ->
              scope
                  .find(reference)
                  .map(found -> one(of(found.column().type())))
                  .orElse(Collections.emptyNavigableSet());
          case Literal.Numeric number -> one(ofDigits(number.text()));
          case Literal.Text text -> one(ofDigits(text.value()));
          case Cast cast -> ofCast(cast);
          case UnaryOperation operation when operation.operator().isBuiltIn("-") ->
              allOf(operation.operand());
          case BinaryOperation operation -> ofOperation(operation);
          case Case choice -> ofChoice(choice);
          case FunctionCall call when isWholeField(call) -> one(OptionalInt.of(0));
          default -> Collections.emptyNavigableSet();
        };
    return all.size() > SCALES_MAX ? Collections.emptyNavigableSet() : all;
  }

  /** Whether an expression that has digits is surely a numeric, and no integer. */
  boolean isNumeric(Expression expression) {
    return switch (expression) {
      case ColumnReference reference ->
          scope.find(reference).map(found -> found.column().type().isNumeric()).orElse(false);
      case Literal.Numeric number -> number.text().contains(".");
      case Cast cast -> cast.type().path().getLast().equals("numeric");
      case UnaryOperation operation -> isNumeric(operation.operand());
      case BinaryOperation operation -> isNumeric(operation.left()) || isNumeric(operation.right());
      case Case choice ->
          isNumeric(choice.otherwise())
              || choice.branches().stream().anyMatch(branch -> isNumeric(branch.result()));
      case FunctionCall call -> isWholeField(call);
      default -> false;
    };
  }

  private static NavigableSet<Integer> one(OptionalInt scale) {
    NavigableSet<Integer> all = new TreeSet<>();
    scale.ifPresent(all::add);
    return all;
  }

  /** {@code EXTRACT(year FROM …)} and other fields that are whole numbers. */
  private static boolean isWholeField(FunctionCall call) {
    return call.name().getLast().equals("extract")
        && (call.name().size() == 1 || call.name().getFirst().equals("pg_catalog"))
        && call.arguments().size() == 2
        && call.arguments().getFirst() instanceof Literal.Text field
        && WHOLE_FIELDS.contains(field.value().toLowerCase(Locale.ROOT));
  }

  /** See numeric_typmod_scale in PostgreSQL's numeric.c; a negative scale shows no digits. */
  static OptionalInt of(ColumnType type) {
    if (type.isInteger()) {
      return OptionalInt.of(0);
    }
    if (!type.isNumeric() || !type.hasScale()) {
      return OptionalInt.empty();
    }
    int scale = (((type.modifier() - HEADER) & SCALE_MASK) ^ SCALE_SIGN) - SCALE_SIGN;
    return OptionalInt.of(Math.max(0, scale));
  }

  private static OptionalInt ofDigits(String text) {
    if (!text.matches("[+-]?[0-9]+(\\.[0-9]*)?")) {
      return OptionalInt.empty();
    }
    int point = text.indexOf('.');
    return OptionalInt.of(point < 0 ? 0 : text.length() - point - 1);
  }

  private NavigableSet<Integer> ofCast(Cast cast) {
    List<Expression> modifiers = cast.type().modifiers();
    String name = cast.type().path().getLast();
    if (cast.type().dimensions() > 0) {
      return Collections.emptyNavigableSet();
    }
    return switch (name) {
      case "int2", "int4", "int8" -> one(OptionalInt.of(0));
      case "numeric" ->
          switch (modifiers.size()) {
            case 0 -> allOf(cast.operand());
            case 1 -> one(OptionalInt.of(0));
            default ->
                modifiers.get(1) instanceof Literal.Numeric scale
                    ? one(OptionalInt.of(Math.max(0, Integer.parseInt(scale.text()))))
                    : Collections.emptyNavigableSet();
          };
      default -> Collections.emptyNavigableSet();
    };
  }

  private NavigableSet<Integer> ofOperation(BinaryOperation operation) {
    OperatorName operator = operation.operator();
    if (operator.isBuiltIn("+") || operator.isBuiltIn("-")) {
      return combined(operation, Math::max);
    }
    return operator.isBuiltIn("*")
        ? combined(operation, Integer::sum)
        : Collections.emptyNavigableSet();
  }

  private NavigableSet<Integer> combined(BinaryOperation operation, IntBinaryOperator scale) {
    NavigableSet<Integer> all = new TreeSet<>();
    NavigableSet<Integer> rights = allOf(operation.right());
    for (int left : allOf(operation.left())) {
      rights.forEach(right -> all.add(scale.applyAsInt(left, right)));
    }
    return all;
  }

  private NavigableSet<Integer> ofChoice(Case choice) {
    List<NavigableSet<Integer>> results =
        Stream.concat(
                choice.branches().stream().map(branch -> branch.result()),
                Stream.of(choice.otherwise()))
            .filter(result -> !(result instanceof Literal.Null))
            .map(this::allOf)
            .toList();
    if (results.stream().anyMatch(NavigableSet::isEmpty)) {
      return Collections.emptyNavigableSet();
    }
    NavigableSet<Integer> all = new TreeSet<>();
    results.forEach(all::addAll);
    return all;
  }
}
