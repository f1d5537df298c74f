package dev.freshet.refresh.sql;

/** {@code LATERAL (query) AS alias}. */
public record SubqueryItem(Query query, boolean lateral, Alias alias) implements FromItem {
  /** A subquery that sees nothing of its neighbours. */
  public static SubqueryItem of(Query query, String alias) {
    return new SubqueryItem(query, false, Alias.of(alias));
  }

  @Override
  public SubqueryItem withAlias(Alias changed) {
    return new SubqueryItem(query, lateral, changed);
  }

  @Override
  public SubqueryItem mapNodes(NodeMapping mapping) {
    return new SubqueryItem(mapping.query(query), lateral, alias);
  }
}
