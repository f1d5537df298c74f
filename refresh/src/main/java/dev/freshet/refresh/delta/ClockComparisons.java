package dev.freshet.refresh.delta;

import dev.freshet.refresh.sql.ArrayComparison;
import dev.freshet.refresh.sql.Between;
import dev.freshet.refresh.sql.BinaryOperation;
import dev.freshet.refresh.sql.DistinctTest;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.InList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The comparisons with the time through which an expression depends on it. */
public final class ClockComparisons {

  private static final Set<String> SYMBOLS = Set.of("<", "<=", ">", ">=", "=", "<>");

  private ClockComparisons() {}

  /** The outermost ones, each once for every place in which it stands. */
  public static List<Expression> in(Expression expression) {
    return found(expression).toList();
  }

  private static Stream<Expression> found(Expression expression) {
    if (!Clock.isIn(expression)) {
      return Stream.empty();
    }
    return isComparison(expression)
        ? Stream.of(expression)
        : expression.children().stream().flatMap(ClockComparisons::found);
  }

  /** A place in an expression where the time stands outside of any comparison. */
  public static Optional<Expression> missedIn(Expression expression) {
    if (isComparison(expression)) {
      return Optional.empty();
    }
    return Clock.isRead(expression)
        ? Optional.of(expression)
        : expression.children().stream().flatMap(child -> missedIn(child).stream()).findFirst();
  }

  private static boolean isComparison(Expression expression) {
    return switch (expression) {
      case BinaryOperation operation -> SYMBOLS.stream().anyMatch(operation.operator()::isBuiltIn);
      case Between _, InList _, DistinctTest _, ArrayComparison _ -> true;
      default -> false;
    };
  }
}
