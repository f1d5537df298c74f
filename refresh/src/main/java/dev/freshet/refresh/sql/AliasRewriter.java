package dev.freshet.refresh.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives the relations of FROM clauses other aliases, and the columns that they qualify with them.
 */
public abstract class AliasRewriter extends TreeRewriter {

  private final Deque<Map<String, String>> levels = new ArrayDeque<>();

  /** The new name of a relation, asked from the outermost FROM clause inwards. */
  protected abstract String renamed(String name);

  /** Whether a relation of a query around the one that is being renamed has this new name. */
  protected final boolean isTakenAround(String name) {
    return levels.stream().anyMatch(level -> level.containsValue(name));
  }

  @Override
  public Query query(Query query) {
    if (!(query instanceof Select select)) {
      return super.query(query);
    }
    Map<String, String> names = new HashMap<>();
    select.from().forEach(item -> namesIn(item).forEach(name -> names.put(name, renamed(name))));
    levels.push(names);
    Query inner = super.query(select);
    levels.pop();
    return inner;
  }

  /** The names by which the columns of an item, or of what it joins, can be qualified. */
  protected static List<String> namesIn(FromItem item) {
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
