package dev.freshet.refresh.sql;

import java.util.List;

/** {@code UPDATE target SET assignments FROM from WHERE conjuncts RETURNING …}. */
public record Update(
    With with,
    TableReference target,
    List<Assignment> assignments,
    List<FromItem> from,
    List<Expression> where,
    List<Target> returning)
    implements Statement {
  public Update {
    assignments = List.copyOf(assignments);
    from = List.copyOf(from);
    where = List.copyOf(where);
    returning = List.copyOf(returning);
  }

  @Override
  public Update withWith(With changed) {
    return new Update(changed, target, assignments, from, where, returning);
  }

  @Override
  public Update mapNodes(NodeMapping mapping) {
    return new Update(
        with.mapNodes(mapping),
        target,
        mapping.assignments(assignments),
        mapping.fromItems(from),
        mapping.expressions(where),
        mapping.targets(returning));
  }
}
