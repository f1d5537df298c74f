package dev.freshet.refresh.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Questions about and rewritings of whole trees, through subqueries, FROM clauses and common table
 * expressions.
 */
public final class Trees {
  private Trees() {}

  /**
   * All expressions of a type, at any depth; like {@link Expressions#collect}, but through
   * subqueries.
   */
  public static <E extends Expression> List<E> expressions(Statement root, Class<E> type) {
    List<E> found = new ArrayList<>();
    finder(type, found).statement(root);
    return List.copyOf(found);
  }

  /** All expressions of a type in and below an expression, subqueries included. */
  public static <E extends Expression> List<E> expressions(Expression root, Class<E> type) {
    List<E> found = new ArrayList<>();
    finder(type, found).expression(root);
    return List.copyOf(found);
  }

  /**
   * All entries of FROM clauses of a type, at any depth, in the order in which they are written.
   */
  public static <F extends FromItem> List<F> fromItems(Statement root, Class<F> type) {
    List<F> found = new ArrayList<>();
    new TreeRewriter() {
      @Override
      public FromItem fromItem(FromItem item) {
        if (type.isInstance(item)) {
          found.add(type.cast(item));
        }
        return super.fromItem(item);
      }
    }.statement(root);
    return List.copyOf(found);
  }

  /** The query with every expression at any depth replaced, children before parents. */
  public static Query rewriteExpressions(Query root, UnaryOperator<Expression> rule) {
    return new TreeRewriter() {
      @Override
      public Expression expression(Expression expression) {
        return rule.apply(super.expression(expression));
      }
    }.query(root);
  }

  /**
   * The query with table references replaced at any depth. The replacement decides about its alias;
   * {@code replacement.withAlias(Alias.of(table.visibleName()))} keeps the columns' qualifiers
   * valid.
   */
  public static Query replaceTables(Query root, Function<TableReference, FromItem> rule) {
    return new TreeRewriter() {
      @Override
      public FromItem fromItem(FromItem item) {
        return item instanceof TableReference table ? rule.apply(table) : super.fromItem(item);
      }
    }.query(root);
  }

  private static <E extends Expression> TreeRewriter finder(Class<E> type, List<E> found) {
    return new TreeRewriter() {
      @Override
      public Expression expression(Expression expression) {
        if (type.isInstance(expression)) {
          found.add(type.cast(expression));
        }
        return super.expression(expression);
      }
    };
  }
}
