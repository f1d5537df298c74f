package dev.freshet.refresh.sql;

import java.util.List;

/** {@code INSERT INTO target (columns) source ON CONFLICT … RETURNING …}. */
public record Insert(
    With with,
    TableReference target,
    List<String> columns,
    Query source,
    OnConflict onConflict,
    List<Target> returning)
    implements Statement {
  public Insert {
    columns = List.copyOf(columns);
    returning = List.copyOf(returning);
  }

  /** An insertion and nothing else. */
  public static Insert of(TableReference target, List<String> columns, Query source) {
    return new Insert(With.NONE, target, columns, source, new OnConflict.Fail(), List.of());
  }

  /** The same insertion with another answer to existing keys. */
  public Insert onConflict(OnConflict changed) {
    return new Insert(with, target, columns, source, changed, returning);
  }

  /** The same insertion, returning the targets. */
  public Insert returning(List<Target> changed) {
    return new Insert(with, target, columns, source, onConflict, changed);
  }

  @Override
  public Insert withWith(With changed) {
    return new Insert(changed, target, columns, source, onConflict, returning);
  }

  @Override
  public Insert mapNodes(NodeMapping mapping) {
    return new Insert(
        with.mapNodes(mapping),
        target,
        columns,
        mapping.query(source),
        onConflict.mapNodes(mapping),
        mapping.targets(returning));
  }
}
