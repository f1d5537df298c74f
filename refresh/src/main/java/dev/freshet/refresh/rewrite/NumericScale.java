package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.algebra.ColumnType;
import dev.freshet.refresh.algebra.Scope;
import dev.freshet.refresh.sql.BinaryOperation;
import dev.freshet.refresh.sql.Case;
import dev.freshet.refresh.sql.Cast;
import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Literal;
import dev.freshet.refresh.sql.OperatorName;
import dev.freshet.refresh.sql.UnaryOperation;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The number of digits after the point that all values of a numeric expression share.
 *
 * <p>A sum shows as many digits as the longest of its addends. Where these differ, taking back the
 * longest leaves a running sum with more digits than a fresh one; so only sums over one scale are
 * carried forward. Zero for integers.
 */
final class NumericScale {

  private static final int SCALE_MASK = 0x7ff;
  private static final int SCALE_SIGN = 1024;
  private static final int HEADER = 4;

  private final Scope scope;

  NumericScale(Scope scope) {
    this.scope = scope;
  }

  OptionalInt of(Expression expression) {
    return switch (expression) {
      case ColumnReference reference ->
          scope.find(reference).map(found -> of(found.column().type())).orElse(OptionalInt.empty());
      case Literal.Numeric number -> ofDigits(number.text());
      case Literal.Text text -> ofDigits(text.value());
      case Cast cast -> ofCast(cast);
      case UnaryOperation operation when operation.operator().isBuiltIn("-") ->
          of(operation.operand());
      case BinaryOperation operation -> ofOperation(operation);
      case Case choice -> ofChoice(choice);
      default -> OptionalInt.empty();
    };
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

  private OptionalInt ofCast(Cast cast) {
    List<Expression> modifiers = cast.type().modifiers();
    String name = cast.type().path().getLast();
    if (cast.type().dimensions() > 0) {
      return OptionalInt.empty();
    }
    return switch (name) {
      case "int2", "int4", "int8" -> OptionalInt.of(0);
      case "numeric" ->
          switch (modifiers.size()) {
            case 0 -> of(cast.operand());
            case 1 -> OptionalInt.of(0);
            default ->
                modifiers.get(1) instanceof Literal.Numeric scale
                    ? OptionalInt.of(Math.max(0, Integer.parseInt(scale.text())))
                    : OptionalInt.empty();
          };
      default -> OptionalInt.empty();
    };
  }

  private OptionalInt ofOperation(BinaryOperation operation) {
    OptionalInt left = of(operation.left());
    OptionalInt right = of(operation.right());
    if (left.isEmpty() || right.isEmpty()) {
      return OptionalInt.empty();
    }
    OperatorName operator = operation.operator();
    if (operator.isBuiltIn("+") || operator.isBuiltIn("-")) {
      return OptionalInt.of(Math.max(left.getAsInt(), right.getAsInt()));
    }
    return operator.isBuiltIn("*")
        ? OptionalInt.of(left.getAsInt() + right.getAsInt())
        : OptionalInt.empty();
  }

  private OptionalInt ofChoice(Case choice) {
    List<Expression> results =
        Stream.concat(
                choice.branches().stream().map(branch -> branch.result()),
                Stream.of(choice.otherwise()))
            .filter(result -> !(result instanceof Literal.Null))
            .toList();
    List<OptionalInt> scales = results.stream().map(this::of).distinct().toList();
    return scales.size() == 1 ? scales.getFirst() : OptionalInt.empty();
  }
}
