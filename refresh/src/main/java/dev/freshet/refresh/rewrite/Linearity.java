package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.algebra.Catalog;
import dev.freshet.refresh.algebra.NotDifferentiable;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.FunctionCall;
import dev.freshet.refresh.sql.FunctionItem;
import dev.freshet.refresh.sql.JoinCondition;
import dev.freshet.refresh.sql.JoinItem;
import dev.freshet.refresh.sql.NodeMapping;
import dev.freshet.refresh.sql.Position;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.TreeRewriter;

/**
 * What of a query has no delta rule, each with its code and sentence.
 *
 * <p>The whole tree is visited, so that no clause can be forgotten: the tables of a subquery in a
 * LIMIT, a VALUES list or an argument of a function are in no FROM clause that a delta is derived
 * from, and a list of the clauses to look at would leave one out.
 */
final class Linearity extends TreeRewriter {

  private final Catalog catalog;

  private Linearity(Catalog catalog) {
    this.catalog = catalog;
  }

  /** Refuses what neither a linear rule nor a stage of its own maintains. */
  static void require(Query query, Catalog catalog) {
    new Linearity(catalog).query(query);
  }

  @Override
  public Query query(Query query) {
    if (query instanceof Select select) {
      requirePlain(select);
    }
    return super.query(query);
  }

  private static void requirePlain(Select select) {
    if (!select.locking().isEmpty()) {
      throw refusal(
          "locking_clause",
          "FOR UPDATE and the like lock rows; a stream table cannot",
          Position.NONE);
    }
  }

  @Override
  public FromItem fromItem(FromItem item) {
    if (item instanceof JoinItem join && join.alias().isPresent()) {
      throw refusal("join_alias", "a join with an alias has no delta rule", Position.NONE);
    }
    if (item instanceof JoinItem join && join.condition() instanceof JoinCondition.Natural) {
      throw refusal("natural_join", "NATURAL JOIN has no delta rule", Position.NONE);
    }
    if (item instanceof JoinItem join && join.kind() == JoinItem.Kind.FULL) {
      FullJoins.requireEquation(join);
    }
    if (item instanceof FunctionItem function) {
      function.functions().forEach(source -> requireArguments(source.call()));
      return item;
    }
    return super.fromItem(item);
  }

  /** A function in FROM may return a set; its arguments may not. */
  private void requireArguments(Expression call) {
    if (call instanceof FunctionCall) {
      call.mapNodes(within());
    } else {
      expression(call);
    }
  }

  @Override
  public Expression expression(Expression expression) {
    if (expression instanceof FunctionCall call) {
      requireScalar(call);
    }
    return expression.mapNodes(within());
  }

  private void requireScalar(FunctionCall call) {
    if (catalog.returnsSet(call)) {
      throw refusal(
          "set_returning_target",
          "a set-returning function outside of FROM has no delta rule; write it in FROM, as LATERAL",
          call.position());
    }
    if (catalog.isAmbiguous(call)) {
      throw refusal(
          "ambiguous_function",
          "%s is the name of a function and of an aggregate; which is meant is not known here"
              .formatted(call.name().getLast()),
          call.position());
    }
  }

  /** What is below an expression, queries included. */
  private NodeMapping within() {
    return new NodeMapping() {
      @Override
      public Expression expression(Expression expression) {
        return Linearity.this.expression(expression);
      }

      @Override
      public Query query(Query query) {
        return Linearity.this.query(query);
      }
    };
  }

  /** Refuses a query in an expression, unless it reads no table: it is in no FROM clause. */
  static void requireNoSubqueries(Query query) {
    new TreeRewriter() {
      @Override
      public Expression expression(Expression expression) {
        expression.mapNodes(
            new NodeMapping() {
              @Override
              public Query query(Query inner) {
                if (!OwnExpressions.readsNothing(inner)) {
                  throw refusal(
                      "subquery",
                      "a subquery in this place has no delta rule",
                      expression.position());
                }
                return inner;
              }
            });
        return super.expression(expression);
      }
    }.query(query);
  }

  static NotDifferentiable refusal(String code, String sentence, Position position) {
    return new NotDifferentiable(code, sentence, position);
  }
}
