package dev.freshet.refresh.delta;

import dev.freshet.refresh.sql.BinaryOperation;
import dev.freshet.refresh.sql.BooleanTest;
import dev.freshet.refresh.sql.Cast;
import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Expressions;
import dev.freshet.refresh.sql.FunctionCall;
import dev.freshet.refresh.sql.Literal;
import dev.freshet.refresh.sql.NodeMapping;
import dev.freshet.refresh.sql.Ordering;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.SubqueryExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What becomes of a linear SELECT as time passes, whose conditions or values ask for the time.
 *
 * <p>Changes are taken as the query saw them at the old time t₀, and what the time alone has done
 * is taken from the new state:
 *
 * <pre>
 *   ΔQ = Q(t₀)(ΔR)  +  Q(t₁)(R′) − Q(t₀)(R′)
 * </pre>
 *
 * <p>The second part reads only rows for which a condition says something else at t₁: of {@code ts
 * > now() - '1 hour'} those between the two times, which an index on {@code ts} finds.
 *
 * <p>Requires: the clock stands in no condition of a join and in no function in FROM; where it
 * stands in a target it stands in a comparison.
 */
final class TimeShift {

  private static final Set<String> COMPARISONS = Set.of("<", "<=", ">", ">=", "=");
  private static final Set<String> NEVER_NULL = Set.of("date_trunc", "timezone", "date_bin");

  private final Select select;
  private final Expression then;

  /**
   * @param then t₀, the time at which the interval begins; t₁ is now
   */
  TimeShift(Select select, Expression then) {
    this.select = select;
    this.then = then;
  }

  /** Whether what a SELECT says of its rows depends on the time. */
  static boolean isIn(Select select) {
    return select.where().stream().anyMatch(Clock::isIn)
        || select.targets().stream().anyMatch(target -> Clock.isIn(target.expression()));
  }

  /** The SELECT at the old time. */
  Select before() {
    NodeMapping then = NodeMapping.ofExpressions(this::then);
    return select.toBuilder()
        .targets(then.targets(select.targets()))
        .where(then.expressions(select.where()))
        .build();
  }

  private Expression then(Expression expression) {
    return Clock.at(then, expression);
  }

  /** Q(t₁)(R′) − Q(t₀)(R′). */
  Query query() {
    List<Expression> moving = select.where().stream().filter(Clock::isIn).toList();
    List<Expression> elsewhere = new ArrayList<>();
    select.targets().forEach(target -> elsewhere.addAll(ClockComparisons.in(target.expression())));
    // Who was selected at one time is no more, if one of the conditions is not true at the other.
    List<Expression> leaving = new ArrayList<>();
    List<Expression> coming = new ArrayList<>();
    moving.forEach(conjunct -> {
      leaving.add(fails(conjunct, conjunct));
      coming.add(fails(conjunct, then(conjunct)));
    });
    elsewhere.stream()
        .distinct()
        .forEach(comparison -> {
          leaving.add(changes(comparison));
          coming.add(changes(comparison));
        });
    return Sql.unionAll(
        changed(before(), leaving, Weights.GONE), changed(select, coming, Weights.CAME));
  }

  private static Select changed(Select rows, List<Expression> reasons, Expression weight) {
    return rows.toBuilder()
        .target(weight, Weights.COLUMN)
        .where(Sql.or(reasons))
        .ordering(Ordering.NONE)
        .build();
  }

  /** That a condition, true at the one time, is not true at the other. */
  private static Expression fails(Expression condition, Expression other) {
    return isRange(condition)
        ? Sql.not(other)
        : new BooleanTest(other, BooleanTest.Truth.TRUE, true);
  }

  /** That a comparison says something else at the two times. */
  private Expression changes(Expression comparison) {
    Expression before = then(comparison);
    return isRange(comparison)
        ? Sql.or(Sql.and(before, Sql.not(comparison)), Sql.and(comparison, Sql.not(before)))
        : Sql.isDistinctFrom(before, comparison);
  }

  /**
   * Whether a condition compares something of the row with something of the time that is never
   * NULL. Where that was true at one time it is true or false at the other, so that NOT will do,
   * through which PostgreSQL sees the range.
   */
  private static boolean isRange(Expression condition) {
    return condition instanceof BinaryOperation comparison
        && COMPARISONS.stream().anyMatch(comparison.operator()::isBuiltIn)
        && (isRange(comparison.left(), comparison.right())
            || isRange(comparison.right(), comparison.left()));
  }

  private static boolean isRange(Expression ofRow, Expression ofTime) {
    return !Clock.isIn(ofRow) && isTimeOnly(ofTime);
  }

  private static boolean isTimeOnly(Expression expression) {
    if (Clock.isRead(expression)) {
      return !Expressions.contains(expression, TimeShift::isOfRow);
    }
    return switch (expression) {
      case Cast cast -> isTimeOnly(cast.operand());
      case BinaryOperation sum ->
          (sum.operator().isBuiltIn("+") || sum.operator().isBuiltIn("-"))
              && (isTimeOnly(sum.left()) || isConstant(sum.left()))
              && (isTimeOnly(sum.right()) || isConstant(sum.right()));
      case FunctionCall call ->
          call.name().size() == 1
              && NEVER_NULL.contains(call.name().getFirst())
              && call.arguments().stream().allMatch(part -> isTimeOnly(part) || isConstant(part));
      default -> false;
    };
  }

  private static boolean isConstant(Expression expression) {
    return switch (expression) {
      case Cast cast -> isConstant(cast.operand());
      case Literal.Null _ -> false;
      case Literal _ -> true;
      default -> false;
    };
  }

  private static boolean isOfRow(Expression expression) {
    return expression instanceof ColumnReference || expression instanceof SubqueryExpression;
  }
}
