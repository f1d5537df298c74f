package dev.freshet.refresh.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * Builds a {@link Select} clause by clause. Methods that take a list set the clause; {@link
 * #target}, {@link #from(FromItem)} and {@link #where(Expression)} add to it.
 */
public final class SelectBuilder {
  private With with = With.NONE;
  private Distinctness distinctness = new Distinctness.KeepDuplicates();
  private List<Target> targets = new ArrayList<>();
  private List<FromItem> from = new ArrayList<>();
  private List<Expression> where = new ArrayList<>();
  private Grouping grouping = Grouping.NONE;
  private List<Window.Declaration> windows = List.of();
  private Ordering ordering = Ordering.NONE;
  private List<Locking> locking = List.of();

  SelectBuilder() {}

  /** Sets the WITH clause. */
  public SelectBuilder with(With clause) {
    with = clause;
    return this;
  }

  /** Drops duplicate rows. */
  public SelectBuilder distinct() {
    return distinct(new Distinctness.DistinctRows());
  }

  /** Sets which rows are dropped as duplicates. */
  public SelectBuilder distinct(Distinctness rule) {
    distinctness = rule;
    return this;
  }

  /** Adds a target without an alias. */
  public SelectBuilder target(Expression expression) {
    return target(expression, "");
  }

  /** Adds {@code expression AS alias}. */
  public SelectBuilder target(Expression expression, String alias) {
    targets.add(new Target(expression, alias));
    return this;
  }

  /** Sets the targets. */
  public SelectBuilder targets(List<Target> list) {
    targets = new ArrayList<>(list);
    return this;
  }

  /** Adds an entry to the FROM clause. */
  public SelectBuilder from(FromItem item) {
    from.add(item);
    return this;
  }

  /** Sets the FROM clause. */
  public SelectBuilder from(List<? extends FromItem> items) {
    from = new ArrayList<>(items);
    return this;
  }

  /** Adds a conjunct to the WHERE clause. */
  public SelectBuilder where(Expression conjunct) {
    where.add(conjunct);
    return this;
  }

  /** Sets the conjuncts of the WHERE clause. */
  public SelectBuilder where(List<? extends Expression> conjuncts) {
    where = new ArrayList<>(conjuncts);
    return this;
  }

  /** {@code GROUP BY expressions}, keeping no HAVING. */
  public SelectBuilder groupBy(List<? extends Expression> expressions) {
    return grouping(Grouping.by(expressions));
  }

  /** Sets GROUP BY and HAVING. */
  public SelectBuilder grouping(Grouping clause) {
    grouping = clause;
    return this;
  }

  /** Sets the WINDOW clause. */
  public SelectBuilder windows(List<Window.Declaration> declarations) {
    windows = declarations;
    return this;
  }

  /** {@code ORDER BY keys}, without a limit. */
  public SelectBuilder orderBy(List<SortKey> keys) {
    return ordering(Ordering.by(keys));
  }

  /** Sets ORDER BY, LIMIT and OFFSET. */
  public SelectBuilder ordering(Ordering clause) {
    ordering = clause;
    return this;
  }

  /** Sets the locking clauses. */
  public SelectBuilder locking(List<Locking> clauses) {
    locking = clauses;
    return this;
  }

  /** The SELECT. */
  public Select build() {
    return new Select(
        with, distinctness, targets, from, where, grouping, windows, ordering, locking);
  }
}
