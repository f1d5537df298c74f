package dev.freshet.refresh.sql;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What happens to the parts of a node when it is copied. Every node's {@code mapNodes} gives its
 * direct parts to these methods, in the order in which they are written, and returns a node with
 * what came back. Left alone, parts stay as they are: descending is {@link TreeRewriter}'s
 * business.
 */
public interface NodeMapping {
  /** A mapping of the direct subexpressions only. */
  static NodeMapping ofExpressions(UnaryOperator<Expression> mapping) {
    return new NodeMapping() {
      @Override
      public Expression expression(Expression expression) {
        return mapping.apply(expression);
      }
    };
  }

  /** A mapping of the sides of a join, or of the entries of a FROM clause, only. */
  static NodeMapping ofFromItems(UnaryOperator<FromItem> mapping) {
    return new NodeMapping() {
      @Override
      public FromItem fromItem(FromItem item) {
        return mapping.apply(item);
      }
    };
  }

  /** What becomes of a subexpression. */
  default Expression expression(Expression expression) {
    return expression;
  }

  /**
   * What becomes of a subquery, an operand of a set operation or a common table expression that is
   * a query.
   */
  default Query query(Query query) {
    return query;
  }

  /** What becomes of an entry of a FROM clause or a side of a join. */
  default FromItem fromItem(FromItem item) {
    return item;
  }

  /** What becomes of the body of a common table expression. */
  default Statement statement(Statement statement) {
    return statement instanceof Query query ? query(query) : statement;
  }

  /** Each in turn. */
  default List<Expression> expressions(List<Expression> expressions) {
    return expressions.stream().map(this::expression).toList();
  }

  /** The one, if there is one. */
  default Optional<Expression> expression(Optional<Expression> expression) {
    return expression.map(this::expression);
  }

  /** Each in turn. */
  default List<FromItem> fromItems(List<FromItem> items) {
    return items.stream().map(this::fromItem).toList();
  }

  /** The expressions of the sort keys, each in turn. */
  default List<SortKey> sortKeys(List<SortKey> keys) {
    return keys.stream().map(key -> key.mapNodes(this)).toList();
  }

  /** The expressions of the targets, each in turn. */
  default List<Target> targets(List<Target> targets) {
    return targets.stream().map(target -> target.mapNodes(this)).toList();
  }

  /** The values of the assignments, each in turn. */
  default List<Assignment> assignments(List<Assignment> assignments) {
    return assignments.stream().map(assignment -> assignment.mapNodes(this)).toList();
  }
}
