package dev.freshet.refresh.sql;

/**
 * Numbers the relations of a query in the order in which they are written, so that two queries that
 * differ in nothing but aliases come out equal: a common table expression that is read twice, say.
 */
public final class CanonicalAliases extends AliasRewriter {

  private int given;

  private CanonicalAliases() {}

  /** The query under aliases that follow from its form. */
  public static Query in(Query query) {
    return new CanonicalAliases().query(query);
  }

  @Override
  protected String renamed(String name) {
    given++;
    return "t" + given;
  }
}
