package dev.freshet.refresh.sql;

/**
 * A table, or a common table expression, by name.
 *
 * @param schema empty when the name is not qualified
 * @param only whether children of an inheritance tree are left out
 */
public record TableReference(
    String schema, String name, boolean only, Alias alias, Position position) implements FromItem {
  /** A reference that was not parsed. */
  public static TableReference of(String schema, String name) {
    return new TableReference(schema, name, false, Alias.NONE, Position.NONE);
  }

  /** A reference to a common table expression. */
  public static TableReference of(String name) {
    return of("", name);
  }

  @Override
  public String visibleName() {
    return alias.name().isEmpty() ? name : alias.name();
  }

  /** The same reference under the given name. */
  public TableReference as(String aliasName) {
    return withAlias(Alias.of(aliasName));
  }

  @Override
  public TableReference withAlias(Alias changed) {
    return new TableReference(schema, name, only, changed, position);
  }

  @Override
  public TableReference mapNodes(NodeMapping mapping) {
    return this;
  }
}
