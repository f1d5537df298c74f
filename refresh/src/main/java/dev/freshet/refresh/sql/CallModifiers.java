package dev.freshet.refresh.sql;

import java.util.List;

/**
 * What an aggregate call can say besides its arguments: {@code f(DISTINCT … ORDER BY …) FILTER
 * (WHERE …)} or {@code f(…) WITHIN GROUP (ORDER BY …)}.
 *
 * @param filter conjuncts; empty when there is no FILTER
 */
public record CallModifiers(
    boolean distinct, List<SortKey> orderBy, boolean withinGroup, List<Expression> filter) {
  /** A plain call. */
  public static final CallModifiers NONE = new CallModifiers(false, List.of(), false, List.of());

  public CallModifiers {
    orderBy = List.copyOf(orderBy);
    filter = List.copyOf(filter);
  }

  /** The same modifiers over what the mapping makes of their expressions. */
  public CallModifiers mapNodes(NodeMapping mapping) {
    return new CallModifiers(
        distinct, mapping.sortKeys(orderBy), withinGroup, mapping.expressions(filter));
  }
}
