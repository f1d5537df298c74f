package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.algebra.Catalog;
import dev.freshet.refresh.delta.OutputColumns;
import dev.freshet.refresh.sql.Alias;
import dev.freshet.refresh.sql.BinaryOperation;
import dev.freshet.refresh.sql.Case;
import dev.freshet.refresh.sql.Distinctness;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Expressions;
import dev.freshet.refresh.sql.FunctionCall;
import dev.freshet.refresh.sql.Ordering;
import dev.freshet.refresh.sql.Position;
import dev.freshet.refresh.sql.Quantifier;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.RowConstructor;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.SubqueryExpression;
import dev.freshet.refresh.sql.SubqueryExpression.Quantified;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * IN, ANY and ALL, written with EXISTS, in the three values that they have.
 *
 * <pre>
 *   x θ ANY (Q)  =  true where some x θ y is true,   else NULL where some is NULL, else false
 *   x θ ALL (Q)  =  false where some x θ y is false, else NULL where some is NULL, else true
 * </pre>
 *
 * <p>A comparison is NULL where one of its sides is: so NOT IN drops every row as soon as there is
 * a NULL in Q, and keeps a NULL on its left where Q is empty. Orders are compared with the least or
 * the greatest value, which is one row instead of all of them.
 */
final class Quantifiers {

  private static final Set<String> COMPARISONS = Set.of("=", "<>", "<", "<=", ">", ">=");
  private static final Set<String> ORDERS = Set.of("<", "<=", ">", ">=");

  /**
   * Types whose min and max go by the very order that the operators have, whatever the collation.
   */
  private static final Set<String> ORDERED =
      Set.of(
          "int2",
          "int4",
          "int8",
          "numeric",
          "float4",
          "float8",
          "date",
          "timestamp",
          "timestamptz",
          "time");

  private final Catalog catalog;
  private final Types types;
  private final OuterRows outer;
  private final Aliases aliases;

  Quantifiers(Catalog catalog, Types types, OuterRows outer, Aliases aliases) {
    this.catalog = catalog;
    this.types = types;
    this.outer = outer;
    this.aliases = aliases;
  }

  /** {@code x IN (Q)}. */
  boolean isMembership(Quantified comparison) {
    return comparison.operator().isBuiltIn("=") && comparison.quantifier() == Quantifier.ANY;
  }

  boolean isOfAll(Quantified comparison) {
    return comparison.quantifier() == Quantifier.ALL;
  }

  /** The rows of Q for which the comparison is true. */
  Query matches(Quantified comparison) {
    return rowsWhere(comparison.query(), ys -> compared(comparison, ys));
  }

  /** Conditions that all hold where the comparison with ANY is false, and not NULL. */
  List<Expression> fails(Quantified comparison) {
    List<Expression> conditions = new ArrayList<>();
    conditions.add(Sql.not(Sql.exists(matches(comparison))));
    unknown(comparison).forEach(some -> conditions.add(Sql.not(some)));
    return conditions;
  }

  /** Conditions that all hold where the comparison with ALL is true. */
  List<Expression> holds(Quantified comparison) {
    List<Expression> conditions = new ArrayList<>();
    conditions.add(Sql.not(Sql.coalesce(counterexample(comparison), Sql.falsehood())));
    if (conditions.getFirst() instanceof dev.freshet.refresh.sql.Not(var operand)
        && operand instanceof dev.freshet.refresh.sql.Coalesce coalesce
        && coalesce.children().getFirst() instanceof SubqueryExpression.Exists exists) {
      conditions.set(0, Sql.not(exists));
    }
    unknown(comparison).forEach(some -> conditions.add(Sql.not(some)));
    return conditions;
  }

  /** The comparison as an expression of subqueries that are no comparisons. */
  Expression value(Quantified comparison) {
    boolean any = comparison.quantifier() == Quantifier.ANY;
    List<When> branches = new ArrayList<>();
    branches.add(
        new When(
            any ? example(comparison) : counterexample(comparison),
            any ? Sql.truth() : Sql.falsehood()));
    unknown(comparison).forEach(some -> branches.add(new When(some, Sql.nothing())));
    return new Case(branches, any ? Sql.falsehood() : Sql.truth());
  }

  private Expression example(Quantified comparison) {
    return isOrdered(comparison)
        ? againstExtreme(comparison, isLess(comparison) ? "max" : "min")
        : Sql.exists(matches(comparison));
  }

  private Expression counterexample(Quantified comparison) {
    return isOrdered(comparison)
        ? Sql.not(againstExtreme(comparison, isLess(comparison) ? "min" : "max"))
        : Sql.exists(rowsWhere(comparison.query(), ys -> Sql.not(compared(comparison, ys))));
  }

  private static boolean isLess(Quantified comparison) {
    return comparison.operator().symbol().startsWith("<");
  }

  private boolean isOrdered(Quantified comparison) {
    return comparison.operator().schema().isEmpty()
        && ORDERS.contains(comparison.operator().symbol())
        && OutputColumns.of(comparison.query()).size() == 1
        && outer.columnsIn(comparison.query()).isEmpty()
        && ORDERED.contains(types.of(comparison.query()).getFirst().type().base());
  }

  private Expression againstExtreme(Quantified comparison, String extreme) {
    String rows = aliases.next("rows");
    Query one =
        Select.builder()
            .target(Sql.call(extreme, Sql.column(rows, "c1")))
            .from(new SubqueryItem(comparison.query(), false, new Alias(rows, List.of("c1"))))
            .build();
    return new BinaryOperation(comparison.operator(), comparison.operand(), Sql.scalar(one));
  }

  /** Conditions of which one holds where some comparison is NULL. */
  private List<Expression> unknown(Quantified comparison) {
    Query query = comparison.query();
    Expression x = comparison.operand();
    if (x instanceof RowConstructor || !COMPARISONS.contains(comparison.operator().symbol())) {
      return isNeverNull(comparison)
          ? List.of()
          : List.of(Sql.exists(rowsWhere(query, ys -> Sql.isNull(compared(comparison, ys)))));
    }
    List<Expression> conditions = new ArrayList<>();
    if (!outer.neverNull(x)) {
      conditions.add(Sql.and(Sql.isAbsent(x), Sql.exists(query)));
    }
    if (!neverNull(query, 0)) {
      conditions.add(Sql.exists(rowsWhere(query, ys -> Sql.isAbsent(ys.getFirst()))));
    }
    return conditions;
  }

  private boolean isNeverNull(Quantified comparison) {
    return comparison.operand() instanceof RowConstructor row
        && IntStream.range(0, row.fields().size())
            .allMatch(
                i -> outer.neverNull(row.fields().get(i)) && neverNull(comparison.query(), i));
  }

  private boolean neverNull(Query query, int column) {
    return query instanceof Select select
        && isPlain(select)
        && Nullability.neverNull(
            select.targets().get(column).expression(),
            select,
            new Scopes(catalog).of(select.from()),
            catalog);
  }

  private static Expression compared(Quantified comparison, List<Expression> ys) {
    if (!(comparison.operand() instanceof RowConstructor row)) {
      return new BinaryOperation(comparison.operator(), comparison.operand(), ys.getFirst());
    }
    List<Expression> pairs =
        IntStream.range(0, ys.size())
            .<Expression>mapToObj(
                i -> new BinaryOperation(comparison.operator(), row.fields().get(i), ys.get(i)))
            .toList();
    return switch (comparison.operator().symbol()) {
      case "=" -> Sql.and(pairs);
      case "<>" -> Sql.or(pairs);
      default ->
          throw Linearity.refusal(
              "subquery",
              "rows compared with a subquery by anything but equality have no delta rule",
              Position.NONE);
    };
  }

  /** Rows of the query for which a condition on its columns holds. */
  private Query rowsWhere(Query query, Function<List<Expression>, Expression> condition) {
    if (query instanceof Select select && isPlain(select)) {
      List<Expression> where = new ArrayList<>(select.where());
      where.addAll(
          conjuncts(
              condition.apply(
                  select.targets().stream().map(target -> target.expression()).toList())));
      return select.toBuilder()
          .distinct(new Distinctness.KeepDuplicates())
          .ordering(Ordering.NONE)
          .where(where)
          .build();
    }
    String rows = aliases.next("rows");
    List<String> names = NumberedColumns.of(query);
    return Select.builder()
        .target(Sql.truth())
        .from(new SubqueryItem(query, false, new Alias(rows, names)))
        .where(
            conjuncts(
                condition.apply(
                    names.stream().<Expression>map(name -> Sql.column(rows, name)).toList())))
        .build();
  }

  private static List<Expression> conjuncts(Expression condition) {
    return condition instanceof dev.freshet.refresh.sql.And and
        ? and.children()
        : List.of(condition);
  }

  /** Whether conditions on the targets are conditions on the rows. */
  private boolean isPlain(Select select) {
    return !Aggregation.isIn(select, catalog)
        && !PartitionStage.isNeeded(select)
        && !select.from().isEmpty()
        && select.targets().stream()
            .noneMatch(target ->
                Expressions.contains(
                    target.expression(),
                    part -> part instanceof FunctionCall call && catalog.returnsSet(call)));
  }
}
