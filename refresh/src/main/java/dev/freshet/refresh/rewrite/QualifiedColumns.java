package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Expressions;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.JoinItem;
import dev.freshet.refresh.sql.NodeMapping;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.TreeRewriter;
import java.util.List;

/**
 * Writes the relation before every column of a SELECT that reads one relation, where PostgreSQL
 * prints bare names: a relation that is joined to it later may have columns of the same names.
 */
final class QualifiedColumns extends TreeRewriter {

  private final boolean onlyMixed;

  private QualifiedColumns(boolean onlyMixed) {
    this.onlyMixed = onlyMixed;
  }

  static Query in(Query query) {
    return new QualifiedColumns(false).query(query);
  }

  /**
   * In those SELECTs alone that write columns both ways, as PostgreSQL 18 prints {@code OVER
   * (PARTITION BY a ORDER BY t.b)} above a result that is called b: an expression of GROUP BY must
   * be known again where it is used.
   */
  static Query whereMixed(Query query) {
    return new QualifiedColumns(true).query(query);
  }

  @Override
  public Query query(Query query) {
    Query inside = super.query(query);
    if (!(inside instanceof Select select)
        || select.from().size() != 1
        || select.from().getFirst() instanceof JoinItem
        || select.from().getFirst().visibleName().isEmpty()) {
      return inside;
    }
    String relation = select.from().getFirst().visibleName();
    if (onlyMixed && !isMixed(select)) {
      return inside;
    }
    return select.mapNodes(
        new NodeMapping() {
          @Override
          public Expression expression(Expression expression) {
            return expression instanceof ColumnReference column && column.qualifier().isEmpty()
                ? new ColumnReference(List.of(relation, column.name()), column.position())
                : expression.mapNodes(this);
          }

          @Override
          public FromItem fromItem(FromItem item) {
            return item;
          }
        });
  }

  private static boolean isMixed(Select select) {
    return OwnExpressions.of(select).stream()
            .flatMap(own -> Expressions.collect(own, ColumnReference.class).stream())
            .map(column -> column.qualifier().isEmpty())
            .distinct()
            .count()
        > 1;
  }
}
