package dev.freshet.refresh.delta;

import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.JoinItem;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The relations of a FROM clause, seen through its joins, in the order in which they are written.
 */
public final class Leaves {

  private Leaves() {}

  /** The relations, joins taken apart. */
  public static List<FromItem> of(List<FromItem> from) {
    List<FromItem> leaves = new ArrayList<>();
    from.forEach(item -> collect(item, leaves));
    return List.copyOf(leaves);
  }

  private static void collect(FromItem item, List<FromItem> leaves) {
    if (item instanceof JoinItem join) {
      collect(join.left(), leaves);
      collect(join.right(), leaves);
    } else {
      leaves.add(item);
    }
  }

  /** The clause with its leaves replaced, one for one. */
  static List<FromItem> replace(List<FromItem> from, List<FromItem> leaves) {
    Iterator<FromItem> next = leaves.iterator();
    return from.stream().map(item -> replace(item, next)).toList();
  }

  private static FromItem replace(FromItem item, Iterator<FromItem> next) {
    if (item instanceof JoinItem join) {
      FromItem left = replace(join.left(), next);
      FromItem right = replace(join.right(), next);
      return new JoinItem(join.kind(), left, right, join.condition(), join.alias());
    }
    return next.next();
  }
}
