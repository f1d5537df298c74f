package dev.freshet.refresh.rewrite;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.refresh.sql.Alias;
import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.JoinCondition;
import dev.freshet.refresh.sql.JoinItem;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.TreeRewriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives a relation another alias where a query around it has one of the same.
 *
 * <p>After that a qualified column means the same relation wherever below its query it stands, so
 * that it can be replaced by name alone. PostgreSQL prints one view so that this holds; but a view
 * whose query was put in the place of its name has aliases of its own: replacing {@code
 * customers.id} of the query would replace it inside the view, too.
 */
final class DistinctAliases extends TreeRewriter {

  /** Longer names would be cut off by PostgreSQL once they have a number. */
  private static final int NAME_BYTES_MAX = 50;

  private final Deque<Map<String, String>> levels = new ArrayDeque<>();
  private final Set<String> taken = new HashSet<>();

  private DistinctAliases() {}

  static Query in(Query query) {
    DistinctAliases aliases = new DistinctAliases();
    new TreeRewriter() {
      @Override
      public FromItem fromItem(FromItem item) {
        aliases.taken.addAll(namesIn(item));
        return super.fromItem(item);
      }
    }.query(query);
    return aliases.query(query);
  }

  @Override
  public Query query(Query query) {
    if (!(query instanceof Select select)) {
      return super.query(query);
    }
    Map<String, String> names = new HashMap<>();
    select.from().forEach(item -> namesIn(item).forEach(name -> names.put(name, distinct(name))));
    levels.push(names);
    Query renamed = super.query(select);
    levels.pop();
    return renamed;
  }

  /** The names by which the columns of an item, or of what it joins, can be qualified. */
  private static List<String> namesIn(FromItem item) {
    List<String> names = new ArrayList<>();
    if (item instanceof JoinItem join) {
      names.addAll(namesIn(join.left()));
      names.addAll(namesIn(join.right()));
      if (join.condition() instanceof JoinCondition.Using using) {
        names.add(using.alias());
      }
    }
    names.add(item.visibleName());
    names.removeIf(String::isEmpty);
    return names;
  }

  private String distinct(String name) {
    if (levels.stream().noneMatch(level -> level.containsValue(name))) {
      return name;
    }
    String base = name.getBytes(UTF_8).length > NAME_BYTES_MAX ? "relation" : name;
    int number = 1;
    while (!taken.add(base + "_" + number)) {
      number++;
    }
    return base + "_" + number;
  }

  @Override
  public FromItem fromItem(FromItem item) {
    FromItem renamed = super.fromItem(item);
    if (renamed instanceof JoinItem join && join.condition() instanceof JoinCondition.Using using) {
      return new JoinItem(
          join.kind(),
          join.left(),
          join.right(),
          new JoinCondition.Using(using.columns(), inOwnLevel(using.alias())),
          join.alias());
    }
    String name = renamed.visibleName();
    return inOwnLevel(name).equals(name)
        ? renamed
        : renamed.withAlias(new Alias(inOwnLevel(name), renamed.alias().columns()));
  }

  private String inOwnLevel(String name) {
    return levels.element().getOrDefault(name, name);
  }

  @Override
  public Expression expression(Expression expression) {
    return expression instanceof ColumnReference reference && reference.path().size() == 2
        ? new ColumnReference(
            List.of(meant(reference.path().getFirst()), reference.name()), reference.position())
        : super.expression(expression);
  }

  /** The new name of the nearest relation of that name. */
  private String meant(String name) {
    return levels.stream()
        .filter(level -> level.containsKey(name))
        .findFirst()
        .map(level -> level.getOrDefault(name, name))
        .orElse(name);
  }
}
