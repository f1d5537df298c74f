package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.delta.OutputColumns;
import dev.freshet.refresh.sql.Alias;
import dev.freshet.refresh.sql.Coalesce;
import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.FunctionItem;
import dev.freshet.refresh.sql.JoinCondition;
import dev.freshet.refresh.sql.JoinItem;
import dev.freshet.refresh.sql.Position;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SelectBuilder;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.TableReference;
import dev.freshet.refresh.sql.Target;
import dev.freshet.refresh.sql.TreeRewriter;
import dev.freshet.refresh.sql.Trees;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Gives every outer join a subquery of its own, {@code (SELECT columns FROM l LEFT JOIN r ON …) AS
 * __join1}, over two relations, so that one rule over two relations is enough for it.
 *
 * <p>Columns of the joined relations that the query uses become columns of the subquery. Where both
 * sides merge a column by USING, a FULL join shows whichever is there.
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
    Select named = withNamedTargets(select);
    Conversion conversion = new Conversion(usedIn(named));
    List<FromItem> from = named.from().stream().map(conversion::within).toList();
    return (Select) conversion.renaming(named.toBuilder().from(from).build());
  }

  private static Select withNamedTargets(Select select) {
    List<String> names = OutputColumns.of(select);
    List<Target> targets =
        IntStream.range(0, names.size())
            .mapToObj(i -> new Target(select.targets().get(i).expression(), names.get(i)))
            .toList();
    return select.toBuilder().targets(targets).build();
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
      if (join.alias().isPresent()) {
        throw Linearity.refusal(
            "join_alias", "a join with an alias has no delta rule", Position.NONE);
      }
      Set<String> aliases = aliasesIn(join);
      boolean inner = join.kind() == JoinItem.Kind.INNER;
      FromItem left = inner ? within(join.left()) : leaf(join.left());
      FromItem right = renamer().fromItem(inner ? within(join.right()) : leaf(join.right()));
      made++;
      String alias = "__join" + made;
      SelectBuilder select = Select.builder().from(joined(join, left, right));
      Map<List<String>, Expression> moved = new HashMap<>();
      for (List<String> path : used) {
        boolean own = path.size() == 2 && aliases.contains(path.getFirst());
        boolean merged = path.size() == 1 && mergedIn(join).contains(path.getFirst());
        if (own || merged) {
          String column = "c" + (moved.size() + 1);
          select.target(merged ? merged(join, path.getFirst()) : placeOf(path), column);
          moved.put(path, Sql.column(alias, column));
        }
      }
      places.putAll(moved);
      return new SubqueryItem(select.build(), isLateral(join), Alias.of(alias));
    }

    private JoinItem joined(JoinItem join, FromItem left, FromItem right) {
      JoinCondition condition =
          switch (join.condition()) {
            case JoinCondition.On on ->
                new JoinCondition.On(on.conjuncts().stream().map(this::renamed).toList());
            case JoinCondition.Using using when join.kind() != JoinItem.Kind.INNER ->
                new JoinCondition.On(
                    using.columns().stream().<Expression>map(name -> equated(join, name)).toList());
            case JoinCondition.Using using -> using;
            case JoinCondition.None none -> none;
            case JoinCondition.Natural _ ->
                throw Linearity.refusal(
                    "natural_join", "NATURAL JOIN has no delta rule", Position.NONE);
          };
      return new JoinItem(join.kind(), left, right, condition, Alias.NONE);
    }

    private Expression equated(JoinItem join, String name) {
      return Sql.equal(side(join.left(), name), side(join.right(), name));
    }

    /** The column of a side that a USING of that name means. */
    private Expression side(FromItem side, String name) {
      if (side instanceof JoinItem join) {
        return mergedIn(join).contains(name) ? placeOf(List.of(name)) : placeOf(bearer(join, name));
      }
      return Sql.column(nameOf(side), name);
    }

    private List<String> bearer(JoinItem join, String name) {
      return used.stream()
          .filter(path -> path.size() == 2 && path.getLast().equals(name))
          .filter(path -> aliasesIn(join).contains(path.getFirst()))
          .findFirst()
          .orElseThrow(() ->
              Linearity.refusal(
                  "using",
                  "USING over a join of joins has no delta rule; write ON",
                  Position.NONE));
    }

    private Expression merged(JoinItem join, String name) {
      boolean here =
          join.condition() instanceof JoinCondition.Using using && using.columns().contains(name);
      if (!here || join.kind() == JoinItem.Kind.INNER) {
        return join.kind() == JoinItem.Kind.INNER ? Sql.column(name) : placeOf(List.of(name));
      }
      return switch (join.kind()) {
        case INNER, LEFT -> side(join.left(), name);
        case RIGHT -> side(join.right(), name);
        case FULL -> new Coalesce(List.of(side(join.left(), name), side(join.right(), name)));
      };
    }

    private Expression placeOf(List<String> path) {
      return places.getOrDefault(path, new ColumnReference(path));
    }

    private Expression renamed(Expression expression) {
      return renamer().expression(expression);
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

  private static Set<String> mergedIn(FromItem item) {
    Set<String> merged = new LinkedHashSet<>();
    if (item instanceof JoinItem join) {
      merged.addAll(mergedIn(join.left()));
      merged.addAll(mergedIn(join.right()));
      if (join.condition() instanceof JoinCondition.Using using) {
        merged.addAll(using.columns());
      }
    }
    return merged;
  }

  private static Set<String> aliasesIn(FromItem item) {
    Set<String> aliases = new LinkedHashSet<>();
    if (item instanceof JoinItem join) {
      aliases.addAll(aliasesIn(join.left()));
      aliases.addAll(aliasesIn(join.right()));
    } else {
      aliases.add(nameOf(item));
    }
    return aliases;
  }

  private static boolean isLateral(FromItem item) {
    return switch (item) {
      case JoinItem join -> isLateral(join.left()) || isLateral(join.right());
      case SubqueryItem subquery -> subquery.lateral();
      case FunctionItem _ -> true;
      default -> false;
    };
  }

  private static String nameOf(FromItem item) {
    return item instanceof TableReference table ? table.visibleName() : item.alias().name();
  }
}
