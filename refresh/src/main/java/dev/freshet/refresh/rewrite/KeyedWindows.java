package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.NodeMapping;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.Window;
import dev.freshet.refresh.sql.WindowCall;
import java.util.ArrayList;
import java.util.List;

/**
 * The windows of a subquery, computed for all outer rows at once: each is partitioned by the keys,
 * too.
 *
 * <pre>
 *   for each k: f OVER (PARTITION BY p ORDER BY o)  →  f OVER (PARTITION BY k, p ORDER BY o)
 * </pre>
 */
final class KeyedWindows implements NodeMapping {

  private final List<Expression> keys;

  private KeyedWindows(List<Expression> keys) {
    this.keys = List.copyOf(keys);
  }

  static Select in(Select select, List<Expression> keys) {
    if (keys.isEmpty() || !PartitionStage.hasWindows(select)) {
      return select;
    }
    KeyedWindows windows = new KeyedWindows(keys);
    List<Window.Declaration> declared =
        select.windows().stream()
            .map(
                window -> new Window.Declaration(window.name(), windows.keyed(window.definition())))
            .toList();
    return select.toBuilder()
        .targets(windows.targets(select.targets()))
        .ordering(select.ordering().mapNodes(windows))
        .windows(declared)
        .build();
  }

  @Override
  public Expression expression(Expression expression) {
    return expression instanceof WindowCall over
            && over.window() instanceof Window.Definition definition
        ? new WindowCall(over.call(), keyed(definition))
        : expression.mapNodes(this);
  }

  /** One that extends another is partitioned as that one is. */
  private Window.Definition keyed(Window.Definition definition) {
    if (!definition.base().isEmpty()) {
      return definition;
    }
    List<Expression> partition = new ArrayList<>(keys);
    partition.addAll(definition.partitionBy());
    return new Window.Definition(
        definition.base(), partition, definition.orderBy(), definition.frame());
  }
}
