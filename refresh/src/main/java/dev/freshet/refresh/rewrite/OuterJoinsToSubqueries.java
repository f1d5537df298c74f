package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.sql.Alias;
import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.FunctionItem;
import dev.freshet.refresh.sql.JoinItem;
import dev.freshet.refresh.sql.JsonTableItem;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.SampledTable;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SelectBuilder;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.TableReference;
import dev.freshet.refresh.sql.TreeRewriter;
import dev.freshet.refresh.sql.Trees;
import dev.freshet.refresh.sql.XmlTableItem;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives every outer join a subquery of its own, {@code (SELECT columns FROM l LEFT JOIN r ON …) AS
 * __join1}, over two relations, so that one rule over two relations is enough for it.
 *
 * <p>Columns of the joined relations that the query uses become columns of the subquery, and are
 * replaced by name wherever they stand. Requires: no USING ({@link MergedColumns}), and no alias
 * that a query inside has, too ({@link DistinctAliases}).
 */
final class OuterJoinsToSubqueries extends TreeRewriter {

  private int made;

  private OuterJoinsToSubqueries() {}

  static Query in(Query query) {
    return new OuterJoinsToSubqueries().query(query);
  }

  @Override
  public Query query(Query query) {
    Query inside = super.query(query);
    return inside instanceof Select select
            && select.from().stream().anyMatch(OuterJoinsToSubqueries::hasOuter)
        ? converted(select)
        : inside;
  }

  private static boolean hasOuter(FromItem item) {
    return item instanceof JoinItem join
        && (join.kind() != JoinItem.Kind.INNER || hasOuter(join.left()) || hasOuter(join.right()));
  }

  private Select converted(Select select) {
    Select named = NamedTargets.of(select);
    Conversion conversion = new Conversion(usedIn(named));
    List<FromItem> from = named.from().stream().map(conversion::within).toList();
    return (Select) conversion.renaming(named.toBuilder().from(from).build());
  }

  private static Set<List<String>> usedIn(Select select) {
    Set<List<String>> used = new LinkedHashSet<>();
    Trees.expressions(select, ColumnReference.class)
        .forEach(reference -> used.add(reference.path()));
    return used;
  }

  /** The conversion of one FROM clause. */
  private final class Conversion {

    private final Set<List<String>> used;
    private final Map<List<String>, Expression> places = new HashMap<>();

    Conversion(Set<List<String>> used) {
      this.used = used;
    }

    /** The item with its outer joins made subqueries; inner joins stay joins. */
    FromItem within(FromItem item) {
      if (!(item instanceof JoinItem join)) {
        return item;
      }
      return join.kind() == JoinItem.Kind.INNER
          ? new JoinItem(
              join.kind(),
              within(join.left()),
              within(join.right()),
              join.condition(),
              join.alias())
          : subquery(join);
    }

    private FromItem leaf(FromItem item) {
      return item instanceof JoinItem join ? subquery(join) : item;
    }

    private SubqueryItem subquery(JoinItem join) {
      Set<String> aliases = aliasesIn(join);
      boolean inner = join.kind() == JoinItem.Kind.INNER;
      FromItem left = inner ? within(join.left()) : leaf(join.left());
      FromItem right = renamer().fromItem(inner ? within(join.right()) : leaf(join.right()));
      made++;
      String alias = "__join" + made;
      SelectBuilder select = Select.builder().from(joined(join, left, right));
      Map<List<String>, Expression> moved = new HashMap<>();
      for (List<String> path : used) {
        if (path.size() == 2 && aliases.contains(path.getFirst())) {
          String column = "c" + (moved.size() + 1);
          select.target(placeOf(path), column);
          moved.put(path, Sql.column(alias, column));
        }
      }
      places.putAll(moved);
      return new SubqueryItem(select.build(), isLateral(join), Alias.of(alias));
    }

    private JoinItem joined(JoinItem join, FromItem left, FromItem right) {
      return new JoinItem(
          join.kind(), left, right, join.condition().mapNodes(renamer()), Alias.NONE);
    }

    private Expression placeOf(List<String> path) {
      return places.getOrDefault(path, new ColumnReference(path));
    }

    Query renaming(Query query) {
      return renamer().query(query);
    }

    private TreeRewriter renamer() {
      Map<List<String>, Expression> known = Map.copyOf(places);
      return new TreeRewriter() {
        @Override
        public Expression expression(Expression expression) {
          return expression instanceof ColumnReference reference
              ? known.getOrDefault(reference.path(), reference)
              : super.expression(expression);
        }

        @Override
        public FromItem fromItem(FromItem item) {
          boolean done =
              item instanceof SubqueryItem subquery && subquery.alias().name().startsWith("__join");
          return done ? item : super.fromItem(item);
        }
      };
    }
  }

  private static Set<String> aliasesIn(FromItem item) {
    Set<String> aliases = new LinkedHashSet<>();
    if (item instanceof JoinItem join) {
      aliases.addAll(aliasesIn(join.left()));
      aliases.addAll(aliasesIn(join.right()));
    } else {
      aliases.add(item.visibleName());
    }
    return aliases;
  }

  private static boolean isLateral(FromItem item) {
    return switch (item) {
      case JoinItem join -> isLateral(join.left()) || isLateral(join.right());
      case SubqueryItem subquery -> subquery.lateral();
      case FunctionItem _, XmlTableItem _, JsonTableItem _ -> true;
      case TableReference _, SampledTable _ -> false;
    };
  }
}
