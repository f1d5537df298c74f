package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.sql.BinaryOperation;
import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.JoinCondition;
import dev.freshet.refresh.sql.JoinItem;
import dev.freshet.refresh.sql.OperatorName;
import dev.freshet.refresh.sql.Position;
import dev.freshet.refresh.sql.Trees;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What PostgreSQL demands of a FULL JOIN: an equation between its two sides.
 *
 * <p>It takes others where a condition of the query around them makes them a LEFT or RIGHT JOIN; a
 * delta has no such condition around it.
 */
final class FullJoins {

  private FullJoins() {}

  static void requireEquation(JoinItem join) {
    boolean equated =
        switch (join.condition()) {
          case JoinCondition.Using _, JoinCondition.Natural _ -> true;
          case JoinCondition.None _ -> false;
          case JoinCondition.On on ->
              on.conjuncts().stream()
                  .anyMatch(c -> equates(c, aliasesIn(join.left()), aliasesIn(join.right())));
        };
    if (!equated) {
      throw Linearity.refusal(
          "full_join",
          "a FULL JOIN without an equation between its sides has no delta rule; where a condition above drops the rows of one side, write LEFT or RIGHT JOIN",
          positionOf(join));
    }
  }

  private static Position positionOf(JoinItem join) {
    return join.condition() instanceof JoinCondition.On on
        ? on.conjuncts().getFirst().position()
        : Position.NONE;
  }

  private static boolean equates(Expression conjunct, Set<String> left, Set<String> right) {
    return conjunct instanceof BinaryOperation operation
        && operation.operator().equals(OperatorName.EQUAL)
        && ((isOf(operation.left(), left) && isOf(operation.right(), right))
            || (isOf(operation.left(), right) && isOf(operation.right(), left)));
  }

  private static boolean isOf(Expression side, Set<String> aliases) {
    List<ColumnReference> columns = Trees.expressions(side, ColumnReference.class);
    return !columns.isEmpty()
        && columns.stream()
            .allMatch(c -> c.path().size() > 1 && aliases.contains(c.qualifier().getLast()));
  }

  private static Set<String> aliasesIn(FromItem item) {
    Set<String> aliases = new HashSet<>();
    if (item instanceof JoinItem join) {
      aliases.addAll(aliasesIn(join.left()));
      aliases.addAll(aliasesIn(join.right()));
    }
    aliases.add(item.visibleName());
    return aliases;
  }
}
