package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.algebra.Catalog;
import dev.freshet.refresh.sql.Alias;
import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.Distinctness;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.JoinCondition;
import dev.freshet.refresh.sql.JoinItem;
import dev.freshet.refresh.sql.Literal;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SetOperation;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.TreeRewriter;
import dev.freshet.refresh.sql.Trees;
import dev.freshet.refresh.sql.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Replaces LATERAL subqueries whose rows depend on one another, by groups, limits or duplicates, by
 * relations that are joined to the rows on their left.
 *
 * <pre>
 *   t, LATERAL (SELECT … WHERE u.k = t.k ORDER BY … LIMIT n) x       →  t JOIN x′ ON x′.k = t.k
 *   t LEFT JOIN LATERAL (SELECT count(*) … WHERE u.k = t.k) x ON true →  t LEFT JOIN x′ ON x′.k = t.k
 * </pre>
 *
 * <p>What is inside becomes a stage that is kept. Others stay as they are: they are a part of the
 * row on their left. Requires distinct aliases and no USING.
 */
final class LateralsToJoins extends TreeRewriter {

  private final Catalog catalog;
  private final Aliases aliases;

  private LateralsToJoins(Catalog catalog, Aliases aliases) {
    this.catalog = catalog;
    this.aliases = aliases;
  }

  static Query in(Query query, Catalog catalog, Aliases aliases) {
    return new LateralsToJoins(catalog, aliases).query(query);
  }

  /** Whether there is one to replace. */
  static boolean isIn(Query query, Catalog catalog) {
    return Trees.fromItems(query, SubqueryItem.class).stream()
        .anyMatch(item -> isToReplace(item, catalog));
  }

  private static boolean isToReplace(SubqueryItem item, Catalog catalog) {
    return item.lateral() && !isLinear(item.query(), catalog);
  }

  private static boolean isLinear(Query query, Catalog catalog) {
    return switch (query) {
      case Values values -> !values.ordering().isLimited();
      case SetOperation operation ->
          operation.kind() == SetOperation.Kind.UNION
              && operation.all()
              && !operation.ordering().isLimited()
              && isLinear(operation.left(), catalog)
              && isLinear(operation.right(), catalog);
      case Select select ->
          select.distinctness() instanceof Distinctness.KeepDuplicates
              && !Aggregation.isIn(select, catalog)
              && !PartitionStage.isNeeded(select);
    };
  }

  @Override
  public Query query(Query query) {
    return super.query(query instanceof Select select ? new Rewriting().of(select) : query);
  }

  /** The rewriting of one SELECT. */
  private final class Rewriting {

    private final List<Expression> filters = new ArrayList<>();
    private final Map<Expression, Expression> values = new HashMap<>();

    Select of(Select select) {
      List<FromItem> from = new ArrayList<>();
      for (FromItem item : select.from()) {
        if (item instanceof SubqueryItem lateral && isReplaced(lateral, from)) {
          join(from, lateral);
        } else {
          FromItem closed = withNeighbours(from, item);
          from.add(rewritten(closed, List.copyOf(from)));
        }
      }
      if (from.equals(select.from())) {
        return select;
      }
      List<Expression> where = new ArrayList<>(select.where());
      where.addAll(filters);
      Select joined = select.toBuilder().from(from).where(where).build();
      return values.isEmpty()
          ? joined
          : (Select) new GroupColumns(values).query(NamedTargets.of(joined));
    }

    /**
     * Also one that is a part of the row on its left, but for one inside that uses that row, too.
     */
    private boolean isReplaced(SubqueryItem item, List<FromItem> visible) {
      return isToReplace(item, catalog) || reaches(item, visible);
    }

    /** Whether it, or one inside, is to be replaced and uses these rows. */
    private boolean reaches(SubqueryItem item, List<FromItem> visible) {
      return item.lateral()
          && Stream.concat(
                  Stream.of(item), Trees.fromItems(item.query(), SubqueryItem.class).stream())
              .anyMatch(part -> uses(part, visible));
    }

    private boolean uses(SubqueryItem lateral, List<FromItem> visible) {
      return isToReplace(lateral, catalog)
          && !new OuterRows(catalog, visible).columnsIn(lateral.query()).isEmpty();
    }

    /**
     * {@code a, b LEFT JOIN LATERAL (… a …)} as {@code a CROSS JOIN b LEFT JOIN LATERAL (… a …)}:
     * the condition of a join sees what is joined, and nothing before a comma.
     *
     * @param from what is before the comma; taken away if it became part of the item
     */
    private FromItem withNeighbours(List<FromItem> from, FromItem item) {
      boolean wanted =
          item instanceof JoinItem
              && !Decorrelation.extendsLeft(item)
              && subqueries(item).anyMatch(subquery -> reaches(subquery, from));
      if (!wanted) {
        return item;
      }
      FromItem before = from.stream().reduce(Rewriting::crossed).orElseThrow();
      from.clear();
      return Decorrelation.leftmost(before, item);
    }

    private static FromItem crossed(FromItem left, FromItem right) {
      return new JoinItem(JoinItem.Kind.INNER, left, right, new JoinCondition.None(), Alias.NONE);
    }

    private static Stream<SubqueryItem> subqueries(FromItem item) {
      return switch (item) {
        case JoinItem join -> Stream.concat(subqueries(join.left()), subqueries(join.right()));
        case SubqueryItem subquery -> Stream.of(subquery);
        default -> Stream.empty();
      };
    }

    /** {@code from, LATERAL (…)}. */
    private void join(List<FromItem> from, SubqueryItem lateral) {
      OuterRows outer = new OuterRows(catalog, from);
      if (outer.columnsIn(lateral.query()).isEmpty()) {
        from.add(new SubqueryItem(lateral.query(), false, lateral.alias()));
        return;
      }
      LateralRelations.Partner partner = new LateralRelations(catalog, outer, aliases).of(lateral);
      if (partner.empty().isEmpty()) {
        outer.join(partner.relation(), partner.conditions());
      } else {
        outer.extend(partner.relation(), partner.conditions());
        replaceColumns(partner);
      }
      from.clear();
      from.addAll(outer.from());
      filters.addAll(outer.where());
    }

    private FromItem rewritten(FromItem item, List<FromItem> before) {
      if (!(item instanceof JoinItem join)) {
        return item;
      }
      FromItem left = rewritten(join.left(), before);
      List<FromItem> visible = new ArrayList<>(before);
      visible.add(left);
      if (join.right() instanceof SubqueryItem lateral && isReplaced(lateral, visible)) {
        return joined(join, left, lateral, visible);
      }
      FromItem right = rewritten(join.right(), visible);
      return new JoinItem(join.kind(), left, right, join.condition(), join.alias());
    }

    /** {@code left JOIN LATERAL (…) ON …}, inner or left. */
    private FromItem joined(
        JoinItem join, FromItem left, SubqueryItem lateral, List<FromItem> visible) {
      OuterRows outer = new OuterRows(catalog, visible);
      if (outer.columnsIn(lateral.query()).isEmpty()) {
        SubqueryItem closed = new SubqueryItem(lateral.query(), false, lateral.alias());
        return new JoinItem(join.kind(), left, closed, join.condition(), join.alias());
      }
      LateralRelations.Partner partner = new LateralRelations(catalog, outer, aliases).of(lateral);
      requireNeighbours(left, outer, partner);
      List<Expression> on = new ArrayList<>(partner.conditions());
      if (partner.empty().isEmpty()) {
        on.addAll(conjuncts(join));
        return new JoinItem(
            join.kind(), left, partner.relation(), new JoinCondition.On(on), join.alias());
      }
      if (!conjuncts(join).isEmpty()) {
        throw LateralRelations.refusal(
            "a LATERAL subquery of one group that is joined on a condition has no delta rule; write the condition in WHERE");
      }
      replaceColumns(partner);
      return new JoinItem(
          JoinItem.Kind.LEFT, left, partner.relation(), new JoinCondition.On(on), join.alias());
    }

    /** The condition of a join sees what is joined, and nothing before a comma. */
    private void requireNeighbours(
        FromItem left, OuterRows visible, LateralRelations.Partner partner) {
      OuterRows neighbours = new OuterRows(catalog, List.of(left));
      for (Expression condition : partner.conditions()) {
        if (neighbours.columnsIn(condition).size() < visible.columnsIn(condition).size()) {
          throw LateralRelations.refusal(
              "a LATERAL subquery that uses a relation before the comma has no delta rule; write CROSS JOIN instead of the comma");
        }
      }
    }

    private void replaceColumns(LateralRelations.Partner partner) {
      String alias = partner.relation().visibleName();
      Expression found = Sql.isNotNull(Sql.column(alias, SubqueryRelations.FOUND));
      partner
          .empty()
          .orElseThrow()
          .forEach((name, nothing) -> {
            ColumnReference column = Sql.column(alias, name);
            values.put(column, Sql.when(found, column, nothing));
          });
    }
  }

  /** The conditions of a join without those that are always true. */
  private static List<Expression> conjuncts(JoinItem join) {
    return join.condition() instanceof JoinCondition.On on
        ? on.conjuncts().stream()
            .filter(conjunct -> !(conjunct instanceof Literal.Bool literal && literal.value()))
            .toList()
        : List.of();
  }
}
