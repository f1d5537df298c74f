package dev.freshet.refresh.delta;

import dev.freshet.refresh.sql.Alias;
import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Expressions;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.JoinCondition;
import dev.freshet.refresh.sql.JoinItem;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SelectBuilder;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.Target;
import dev.freshet.refresh.sql.Trees;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Delta of an outer join of two relations, {@code SELECT … FROM l LEFT JOIN r ON c}, on any
 * condition.
 *
 * <p>An outer join is the inner one and the rows of the preserved side that match nothing, extended
 * by NULLs:
 *
 * <pre>
 *   L ⟕ R = (L ⋈ R) ⊎ (L ▷ R)
 *   Δ(L ▷ R) = ΔL ▷ R′  +  (L′ − ΔL) · flip      flip(l) = [l ▷ R′] − [l ▷ R]
 * </pre>
 *
 * <p>flip is +1 for a row that lost its last match and −1 for one that got its first; it can only
 * differ from 0 where a changed row of R matches, and the number of matches before is the number
 * now less the sum of their weights. The rows of ΔL are taken out of the second term, since the
 * first already has them as they stand against R′; leaving that out counts a row twice that arrives
 * together with its first match. A FULL join has the anti join of both sides.
 *
 * <p>Cost: |ΔL| probes of R, and for the rows of L that changed rows of R match, one probe of L and
 * one count in R each; never rows of L times changes of R.
 */
final class OuterJoinDelta {

  private final ItemDelta items;
  private final JoinDelta joins;

  OuterJoinDelta(ItemDelta items, JoinDelta joins) {
    this.items = items;
    this.joins = joins;
  }

  /** Whether a SELECT is an outer join of two relations. */
  static boolean isIn(Select select) {
    return select.from().size() == 1
        && select.from().getFirst() instanceof JoinItem join
        && join.kind() != JoinItem.Kind.INNER;
  }

  Optional<Query> of(Select select) {
    JoinItem join = (JoinItem) select.from().getFirst();
    List<Query> parts = new ArrayList<>();
    joins.of(select.toBuilder().from(List.of(inner(join))).build()).ifPresent(parts::add);
    if (join.kind() != JoinItem.Kind.RIGHT) {
      parts.addAll(unmatched(select, join, join.left(), join.right()));
    }
    if (join.kind() != JoinItem.Kind.LEFT) {
      parts.addAll(unmatched(select, join, join.right(), join.left()));
    }
    return parts.stream().reduce(Sql::unionAll);
  }

  private static JoinItem inner(JoinItem join) {
    return new JoinItem(
        JoinItem.Kind.INNER, join.left(), join.right(), join.condition(), join.alias());
  }

  private static List<Expression> conditionOf(JoinItem join) {
    return join.condition() instanceof JoinCondition.On on ? on.conjuncts() : List.of();
  }

  /** The change of the rows of {@code kept} that match nothing in {@code other}. */
  private List<Query> unmatched(Select select, JoinItem join, FromItem kept, FromItem other) {
    List<Target> targets = extended(select.targets(), other.visibleName());
    List<Expression> condition = conditionOf(join);
    String alias = kept.visibleName();
    Optional<FromItem> keptDelta = items.of(kept, select);
    Optional<FromItem> otherDelta = items.of(other, select);
    List<Query> parts = new ArrayList<>();
    keptDelta.ifPresent(delta ->
        parts.add(
            select(targets, select.where(), Weights.of(alias))
                .from(delta)
                .where(Sql.not(matches(other, condition)))
                .build()));
    otherDelta.ifPresent(change -> {
      Flip flip = new Flip(other, change, condition);
      Set<String> used = usedOf(alias, targets, select.where(), condition);
      parts.add(flip.over(select(targets, select.where(), flip.weight()), kept, used).build());
      keptDelta.ifPresent(delta -> {
        Expression taken = Sql.negative(Sql.times(Weights.of(alias), flip.weight()));
        Set<String> weighted = new LinkedHashSet<>(used);
        weighted.add(Weights.COLUMN);
        parts.add(flip.over(select(targets, select.where(), taken), delta, weighted).build());
      });
    });
    return parts;
  }

  private static Set<String> usedOf(
      String alias, List<Target> targets, List<Expression> where, List<Expression> condition) {
    List<Expression> expressions = new ArrayList<>(where);
    expressions.addAll(condition);
    targets.forEach(target -> expressions.add(target.expression()));
    Set<String> used = new LinkedHashSet<>();
    expressions.stream()
        .flatMap(each -> Trees.expressions(each, ColumnReference.class).stream())
        .filter(column -> column.qualifier().equals(List.of(alias)))
        .forEach(column -> used.add(column.name()));
    return used;
  }

  private static SelectBuilder select(
      List<Target> targets, List<Expression> where, Expression weight) {
    return Select.builder().targets(targets).target(weight, Weights.COLUMN).where(where);
  }

  private static Expression matches(FromItem other, List<Expression> condition) {
    return Sql.exists(Select.builder().from(other).where(condition).build());
  }

  /** Targets with NULL for the columns of the side that is not there. */
  private static List<Target> extended(List<Target> targets, String absent) {
    return targets.stream()
        .map(target -> new Target(withoutSide(target.expression(), absent), target.alias()))
        .toList();
  }

  private static Expression withoutSide(Expression expression, String absent) {
    return Expressions.rewrite(
        expression,
        part ->
            part instanceof ColumnReference reference
                    && reference.qualifier().equals(List.of(absent))
                ? Sql.nothing()
                : part);
  }

  /**
   * Rows that changed rows of the other side match, and whether that flipped them.
   *
   * <p>The rows are numbered and joined with the changes, whose weights are added up by number: a
   * subquery for each row, beside being simpler, would read all changes for each.
   */
  private record Flip(FromItem other, FromItem change, List<Expression> condition) {

    private static final String NUMBER = "__n";
    private static final String FIRST = "__first";
    private static final String CHANGED = "__changed";
    private static final String NOW = "__now";

    Expression weight() {
      Expression none = Sql.equal(Sql.column(NOW, "matches"), Sql.integer(0));
      return Sql.when(none, Sql.integer(1), Sql.negative(Sql.integer(1)));
    }

    /**
     * Reads the flipped rows.
     *
     * @param columns of the kept rows that are used
     */
    SelectBuilder over(SelectBuilder select, FromItem kept, Set<String> columns) {
      String alias = kept.visibleName();
      Select now =
          Select.builder().target(Sql.countAll(), "matches").from(other).where(condition).build();
      Expression before = Sql.minus(Sql.column(NOW, "matches"), Sql.column(alias, CHANGED));
      return select
          .from(SubqueryItem.of(matched(kept, columns), alias))
          .from(new SubqueryItem(now, true, Alias.of(NOW)))
          .where(Sql.equal(Sql.column(alias, FIRST), Sql.integer(1)))
          .where(
              Sql.notEqual(
                  Sql.equal(Sql.column(NOW, "matches"), Sql.integer(0)),
                  Sql.equal(before, Sql.integer(0))));
    }

    /** A row for each pair of a kept row and a change that matches it, with the sum of all. */
    private Select matched(FromItem kept, Set<String> columns) {
      String alias = kept.visibleName();
      SelectBuilder numbered =
          Select.builder()
              .target(Sql.over(Sql.call("row_number"), List.of(), List.of()), NUMBER)
              .from(kept)
              .where(matches(change, condition));
      List<Expression> number = List.of(Sql.column(alias, NUMBER));
      SelectBuilder pairs =
          Select.builder()
              .target(
                  Sql.over(Sql.call("sum", Weights.of(other.visibleName())), number, List.of()),
                  CHANGED)
              .target(Sql.over(Sql.call("row_number"), number, List.of()), FIRST);
      for (String column : columns) {
        numbered.target(Sql.column(alias, column), column);
        pairs.target(Sql.column(alias, column), column);
      }
      return pairs
          .from(SubqueryItem.of(numbered.build(), alias))
          .from(change)
          .where(condition)
          .build();
    }
  }
}
