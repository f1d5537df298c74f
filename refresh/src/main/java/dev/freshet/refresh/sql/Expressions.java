package dev.freshet.refresh.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Questions about an expression tree within its query level; subqueries are {@link Trees}'
 * business.
 */
public final class Expressions {
  private Expressions() {}

  /**
   * All expressions of a type in the tree, the root included, outer ones first. What is inside a
   * subquery is not looked at, and the call of a {@link WindowCall} is not found, its arguments
   * are.
   */
  public static <E extends Expression> List<E> collect(Expression root, Class<E> type) {
    List<E> found = new ArrayList<>();
    collect(root, type, found);
    return List.copyOf(found);
  }

  private static <E extends Expression> void collect(
      Expression expression, Class<E> type, List<E> found) {
    if (type.isInstance(expression)) {
      found.add(type.cast(expression));
    }
    expression.children().forEach(child -> collect(child, type, found));
  }

  /**
   * Whether an expression of the tree satisfies the condition; looked for like {@link #collect}.
   */
  public static boolean contains(Expression root, Predicate<Expression> condition) {
    return condition.test(root)
        || root.children().stream().anyMatch(child -> contains(child, condition));
  }

  /**
   * The tree with every expression replaced, children before parents; subqueries stay as they are.
   */
  public static Expression rewrite(Expression root, UnaryOperator<Expression> rule) {
    return rule.apply(root.mapChildren(child -> rewrite(child, rule)));
  }
}
