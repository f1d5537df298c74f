package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.algebra.Catalog;
import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.ColumnType;
import dev.freshet.refresh.algebra.Scope;
import dev.freshet.refresh.sql.Coalesce;
import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.JoinCondition;
import dev.freshet.refresh.sql.JoinCondition.Using;
import dev.freshet.refresh.sql.JoinItem;
import dev.freshet.refresh.sql.NodeMapping;
import dev.freshet.refresh.sql.Position;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.TreeRewriter;
import dev.freshet.refresh.sql.Trees;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes USING as ON, and the columns that it merges as what they are, so that every column is
 * qualified by the relation that has it.
 *
 * <pre>
 *   l JOIN r USING (k)       →  l JOIN r ON l.k = r.k,        k = l.k
 *   l LEFT JOIN r USING (k)  →  l LEFT JOIN r ON l.k = r.k,   k = l.k
 *   l RIGHT JOIN r USING (k) →  l RIGHT JOIN r ON l.k = r.k,  k = r.k
 *   l FULL JOIN r USING (k)  →  l FULL JOIN r ON l.k = r.k,   k = COALESCE(l.k, r.k)
 * </pre>
 *
 * <p>A side that is a join itself may have merged k before: then that is what is compared. Taking
 * the column of a relation on that side instead is wrong after a RIGHT or FULL join, and a bare k
 * in the condition would mean whatever is in sight. Where the types of the two differ, k has their
 * common type, which COALESCE gives it, too.
 */
final class MergedColumns extends TreeRewriter {

  private final Scopes scopes;

  private MergedColumns(Catalog catalog) {
    this.scopes = new Scopes(catalog);
  }

  static Query in(Query query, Catalog catalog) {
    boolean merges =
        Trees.fromItems(query, JoinItem.class).stream()
            .anyMatch(join -> join.condition() instanceof Using);
    return merges ? new MergedColumns(catalog).query(query) : query;
  }

  /** Inner queries first: what is still bare in them after that is a column of an outer one. */
  @Override
  public Query query(Query query) {
    Query inside = super.query(query);
    if (!(inside instanceof Select select)) {
      return inside;
    }
    Map<List<String>, Expression> names = new HashMap<>();
    List<FromItem> from = new ArrayList<>();
    for (FromItem item : select.from()) {
      from.add(written(item, names));
      names.putAll(mergedIn(item));
    }
    if (select.from().size() == 1 && !(select.from().getFirst() instanceof JoinItem)) {
      names.putAll(ownOf(select.from().getFirst()));
    }
    if (names.isEmpty()) {
      return inside;
    }
    TreeRewriter replacing = replacing(names);
    NodeMapping clauses =
        new NodeMapping() {
          @Override
          public Expression expression(Expression expression) {
            return replacing.expression(expression);
          }
        };
    return NamedTargets.of(select).mapNodes(clauses).toBuilder().from(from).build();
  }

  /**
   * An item without USING.
   *
   * @param before what bare names mean to the left of it
   */
  private FromItem written(FromItem item, Map<List<String>, Expression> before) {
    if (!(item instanceof JoinItem join)) {
      boolean seesNothing = item instanceof SubqueryItem subquery && !subquery.lateral();
      return seesNothing ? item : replacing(before).fromItem(item);
    }
    Map<List<String>, Expression> left = with(before, mergedIn(join.left()));
    Map<List<String>, Expression> both = with(left, mergedIn(join.right()));
    JoinCondition condition =
        join.condition() instanceof Using using
            ? equalities(join, using)
            : join.condition().mapNodes(replacing(both));
    return new JoinItem(
        join.kind(),
        written(join.left(), before),
        written(join.right(), left),
        condition,
        join.alias());
  }

  private static Map<List<String>, Expression> with(
      Map<List<String>, Expression> names, Map<List<String>, Expression> more) {
    Map<List<String>, Expression> all = new HashMap<>(names);
    all.putAll(more);
    return all;
  }

  private JoinCondition equalities(JoinItem join, Using using) {
    return new JoinCondition.On(
        using.columns().stream()
            .<Expression>map(name ->
                Sql.equal(
                    columnOf(join.left(), name).expression(),
                    columnOf(join.right(), name).expression()))
            .toList());
  }

  /** What the columns that the joins of an item merge are; the outermost join decides. */
  private Map<List<String>, Expression> mergedIn(FromItem item) {
    Map<List<String>, Expression> merged = new HashMap<>();
    if (item instanceof JoinItem join) {
      merged.putAll(mergedIn(join.left()));
      merged.putAll(mergedIn(join.right()));
      if (join.condition() instanceof Using using) {
        for (String name : using.columns()) {
          Expression value = merged(join, name).expression();
          merged.put(List.of(name), value);
          merged.put(List.of(using.alias(), name), value);
        }
      }
    }
    return merged;
  }

  /** The columns of the only relation of a query, which need not be qualified. */
  private Map<List<String>, Expression> ownOf(FromItem leaf) {
    Map<List<String>, Expression> own = new HashMap<>();
    Stream.concat(columnsOf(leaf).stream().map(Column::name), leaf.alias().columns().stream())
        .forEach(name -> own.put(List.of(name), Sql.column(leaf.visibleName(), name)));
    return leaf.visibleName().isEmpty() ? Map.of() : own;
  }

  /** A column, and its type where that is known. */
  private record Typed(Expression expression, Optional<ColumnType> type) {

    boolean isOfType(Typed other) {
      return type.isPresent() && other.type.filter(type.get()::isSameTypeAs).isPresent();
    }
  }

  /** The column that a USING of that name means on one of its sides. */
  private Typed columnOf(FromItem side, String name) {
    if (!(side instanceof JoinItem join)) {
      Optional<ColumnType> type =
          columnsOf(side).stream()
              .filter(column -> column.name().equals(name))
              .map(Column::type)
              .filter(found -> !found.equals(Scopes.UNDECIDED))
              .findFirst();
      return new Typed(Sql.column(side.visibleName(), name), type);
    }
    return join.condition() instanceof Using using && using.columns().contains(name)
        ? merged(join, name)
        : columnOf(bearer(join, name), name);
  }

  private Typed merged(JoinItem join, String name) {
    boolean right = join.kind() == JoinItem.Kind.RIGHT;
    Typed first = columnOf(right ? join.right() : join.left(), name);
    Typed second = columnOf(right ? join.left() : join.right(), name);
    return join.kind() != JoinItem.Kind.FULL && first.isOfType(second)
        ? first
        : new Typed(
            new Coalesce(List.of(first.expression(), second.expression())), Optional.empty());
  }

  /** The one side that has the column; one of unknown columns, if no other is known to have it. */
  private FromItem bearer(JoinItem join, String name) {
    List<FromItem> sides = List.of(join.left(), join.right());
    List<FromItem> known = sides.stream().filter(side -> has(side, name)).toList();
    List<FromItem> possible = sides.stream().filter(MergedColumns.this::isUnknown).toList();
    List<FromItem> bearers = known.isEmpty() ? possible : known;
    if (bearers.size() != 1) {
      throw Linearity.refusal(
          "using", "USING over a join of joins has no delta rule; write ON", Position.NONE);
    }
    return bearers.getFirst();
  }

  private boolean has(FromItem item, String name) {
    return item instanceof JoinItem join
        ? has(join.left(), name) || has(join.right(), name)
        : columnsOf(item).stream().anyMatch(column -> column.name().equals(name));
  }

  private boolean isUnknown(FromItem item) {
    return item instanceof JoinItem join
        ? isUnknown(join.left()) || isUnknown(join.right())
        : columnsOf(item).isEmpty();
  }

  private List<Column> columnsOf(FromItem leaf) {
    return scopes.of(List.of(leaf)).entries().stream()
        .map(Scope.Entry::columns)
        .flatMap(List::stream)
        .toList();
  }

  private static TreeRewriter replacing(Map<List<String>, Expression> names) {
    return new TreeRewriter() {
      @Override
      public Expression expression(Expression expression) {
        return expression instanceof ColumnReference reference
            ? names.getOrDefault(reference.path(), reference)
            : super.expression(expression);
      }
    };
  }
}
