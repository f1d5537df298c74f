package dev.freshet.refresh.sql;

import java.util.List;

/** {@code DELETE FROM target USING using WHERE conjuncts RETURNING …}. */
public record Delete(
    With with,
    TableReference target,
    List<FromItem> using,
    List<Expression> where,
    List<Target> returning)
    implements Statement {
  public Delete {
    using = List.copyOf(using);
    where = List.copyOf(where);
    returning = List.copyOf(returning);
  }

  @Override
  public Delete withWith(With changed) {
    return new Delete(changed, target, using, where, returning);
  }

  @Override
  public Delete mapNodes(NodeMapping mapping) {
    return new Delete(
        with.mapNodes(mapping),
        target,
        mapping.fromItems(using),
        mapping.expressions(where),
        mapping.targets(returning));
  }
}
