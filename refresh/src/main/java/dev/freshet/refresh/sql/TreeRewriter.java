package dev.freshet.refresh.sql;

/**
 * Copies a tree from the root down, subqueries and FROM clauses included. A rewriting overrides the
 * hook of what it wants to change and calls {@code super} where it wants to go on downwards.
 *
 * <pre>
 *   new TreeRewriter() {
 *     &#64;Override public FromItem fromItem(FromItem item) {
 *       return item instanceof TableReference table ? changesOf(table) : super.fromItem(item);
 *     }
 *   }.query(definingQuery)
 * </pre>
 *
 * <p>The function of a {@link WindowCall} is not offered to {@link #expression(Expression)}, only
 * its arguments are.
 */
public abstract class TreeRewriter implements NodeMapping {
  /** For subclasses, which are usually anonymous. */
  protected TreeRewriter() {}

  @Override
  public Expression expression(Expression expression) {
    return expression.mapNodes(this);
  }

  @Override
  public Query query(Query query) {
    return query.mapNodes(this);
  }

  @Override
  public FromItem fromItem(FromItem item) {
    return item.mapNodes(this);
  }

  @Override
  public Statement statement(Statement statement) {
    return statement instanceof Query query ? query(query) : statement.mapNodes(this);
  }
}
