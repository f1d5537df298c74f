package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.sql.Alias;
import dev.freshet.refresh.sql.BinaryOperation;
import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.JoinCondition;
import dev.freshet.refresh.sql.JoinItem;
import dev.freshet.refresh.sql.OperatorName;
import dev.freshet.refresh.sql.Position;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.TreeRewriter;
import dev.freshet.refresh.sql.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A subquery made independent of the query around it: rows, and the keys by which they belong to
 * outer rows.
 *
 * <pre>
 *   σ[i.k = o.k](I)  →  I, by the key i.k = o.k
 *   Q(o)             →  D × Q(D), by the columns of D, with D = δ π[o.c₁, o.c₂, …](outer rows)
 * </pre>
 *
 * <p>The first form is for equations that are conjuncts of WHERE. All else, comparisons, outer
 * columns in targets, in arguments or in conditions of joins, is computed for each distinct
 * combination of the outer columns that are used; combinations are matched NULL by NULL, since a
 * subquery has a result for a NULL, too. All outer columns are replaced, at any depth: a query
 * inside the subquery that went on using them would be one of two levels.
 *
 * @param body without outer columns; its targets are the subquery's
 * @param keys none if the rows are the same for all outer rows
 */
record Decorrelation(Select body, List<Key> keys) {

  /**
   * One equation between inner and outer rows.
   *
   * @param nullSafe whether NULL belongs to NULL
   */
  record Key(Expression inner, Expression outer, boolean nullSafe) {

    /** The equation, where the inner side has become a column. */
    Expression joined(Expression column) {
      Expression equal = Sql.equal(column, outer);
      return nullSafe ? Sql.or(equal, Sql.and(Sql.isAbsent(column), Sql.isAbsent(outer))) : equal;
    }
  }

  Decorrelation {
    keys = List.copyOf(keys);
  }

  /** What the keys' inner sides are called in a relation that shows them. */
  List<String> keyNames() {
    return IntStream.rangeClosed(1, keys.size()).mapToObj(i -> "__k" + i).toList();
  }

  /** The equations between outer rows and a relation that shows the keys. */
  List<Expression> conditions(String relation) {
    List<String> names = keyNames();
    return IntStream.range(0, names.size())
        .mapToObj(i -> keys.get(i).joined(Sql.column(relation, names.get(i))))
        .toList();
  }

  /**
   * Of a subquery, but for its limit.
   *
   * @param alias that nothing else has
   */
  static Decorrelation of(Select select, OuterRows outer, String alias) {
    if (outer.columnsIn(select).isEmpty()) {
      return new Decorrelation(select, List.of());
    }
    return byEquations(select, outer)
        .orElseGet(() -> byCombinations(select, outer.columnsIn(select), outer, alias));
  }

  private static Optional<Decorrelation> byEquations(Select select, OuterRows outer) {
    List<Key> keys = new ArrayList<>();
    List<Expression> rest = new ArrayList<>();
    for (Expression conjunct : select.where()) {
      Optional<Key> key = equation(conjunct, outer);
      key.ifPresentOrElse(keys::add, () -> rest.add(conjunct));
    }
    Select body = select.toBuilder().where(rest).build();
    return outer.columnsIn(body).isEmpty() && !body.from().isEmpty()
        ? Optional.of(new Decorrelation(body, keys))
        : Optional.empty();
  }

  private static Optional<Key> equation(Expression conjunct, OuterRows outer) {
    if (!(conjunct instanceof BinaryOperation operation)
        || !operation.operator().equals(OperatorName.EQUAL)
        || OwnExpressions.hasSubquery(conjunct)) {
      return Optional.empty();
    }
    if (isOuter(operation.left(), outer) && isInner(operation.right(), outer)) {
      return Optional.of(new Key(operation.right(), operation.left(), false));
    }
    if (isOuter(operation.right(), outer) && isInner(operation.left(), outer)) {
      return Optional.of(new Key(operation.left(), operation.right(), false));
    }
    return Optional.empty();
  }

  private static boolean isOuter(Expression side, OuterRows outer) {
    List<ColumnReference> columns = Trees.expressions(side, ColumnReference.class);
    return !columns.isEmpty() && columns.stream().allMatch(outer::owns);
  }

  private static boolean isInner(Expression side, OuterRows outer) {
    List<ColumnReference> columns = Trees.expressions(side, ColumnReference.class);
    return !columns.isEmpty() && columns.stream().noneMatch(outer::owns);
  }

  /**
   * By the combinations of these columns, the subquery's own among them.
   *
   * @param alias that nothing else has
   */
  static Decorrelation byCombinations(
      Select select, List<ColumnReference> columns, OuterRows outer, String alias) {
    Select replaced =
        (Select)
            new TreeRewriter() {
              @Override
              public Expression expression(Expression expression) {
                int place =
                    expression instanceof ColumnReference ? columns.indexOf(expression) : -1;
                return place < 0 ? super.expression(expression) : column(alias, place);
              }
            }.query(select);
    requireNoneBelow(replaced, alias);
    SubqueryItem combinations = SubqueryItem.of(outer.combinations(columns), alias);
    List<Key> keys =
        IntStream.range(0, columns.size())
            .mapToObj(
                i -> new Key(column(alias, i), columns.get(i), !outer.neverNull(columns.get(i))))
            .toList();
    return new Decorrelation(
        replaced.toBuilder().from(before(combinations, replaced.from(), alias)).build(), keys);
  }

  private static Expression column(String alias, int place) {
    return Sql.column(alias, "__o" + (place + 1));
  }

  /** A relation in the FROM clause of the subquery cannot see the combinations beside it. */
  private static void requireNoneBelow(Select select, String alias) {
    boolean below =
        Trees.fromItems(select, SubqueryItem.class).stream()
            .filter(item -> select.from().stream().anyMatch(own -> holds(own, item)))
            .anyMatch(item -> !item.lateral() && uses(item.query(), alias));
    if (below) {
      throw Linearity.refusal(
          "subquery",
          "a subquery in FROM that uses columns of a query two levels up has no delta rule",
          Position.NONE);
    }
  }

  private static boolean holds(FromItem item, SubqueryItem wanted) {
    return item == wanted
        || (item instanceof JoinItem join
            && (holds(join.left(), wanted) || holds(join.right(), wanted)));
  }

  private static boolean uses(dev.freshet.refresh.sql.Query query, String alias) {
    return Trees.expressions(query, ColumnReference.class).stream()
        .anyMatch(column -> column.path().getFirst().equals(alias));
  }

  /** Puts the combinations where conditions of joins can see them, too. */
  private static List<FromItem> before(
      SubqueryItem combinations, List<FromItem> from, String alias) {
    List<FromItem> items = new ArrayList<>();
    if (from.stream().noneMatch(item -> conditionsUse(item, alias))) {
      items.add(combinations);
      items.addAll(from);
      return items;
    }
    from.forEach(
        item -> items.add(conditionsUse(item, alias) ? leftmost(combinations, item) : item));
    if (from.stream().filter(item -> conditionsUse(item, alias)).count() > 1) {
      throw Linearity.refusal(
          "subquery",
          "outer columns in the conditions of two joins have no delta rule",
          Position.NONE);
    }
    return items;
  }

  private static boolean conditionsUse(FromItem item, String alias) {
    return item instanceof JoinItem join
        && (conditionsUse(join.left(), alias)
            || conditionsUse(join.right(), alias)
            || (join.condition() instanceof JoinCondition.On on
                && on.conjuncts().stream()
                    .flatMap(c -> Trees.expressions(c, ColumnReference.class).stream())
                    .anyMatch(column -> column.path().getFirst().equals(alias))));
  }

  /** Whether what is put leftmost would be extended by NULLs. */
  static boolean extendsLeft(FromItem item) {
    return item instanceof JoinItem join && (join.kind().extendsLeft() || extendsLeft(join.left()));
  }

  /** The rows of another item, joined to the leftmost of this one's. */
  static FromItem leftmost(FromItem combinations, FromItem item) {
    if (!(item instanceof JoinItem join)) {
      return new JoinItem(
          JoinItem.Kind.INNER, combinations, item, new JoinCondition.None(), Alias.NONE);
    }
    if (join.kind().extendsLeft()) {
      throw Linearity.refusal(
          "subquery",
          "a RIGHT or FULL JOIN inside a subquery that uses outer columns has no delta rule",
          Position.NONE);
    }
    return new JoinItem(
        join.kind(),
        leftmost(combinations, join.left()),
        join.right(),
        join.condition(),
        join.alias());
  }
}
