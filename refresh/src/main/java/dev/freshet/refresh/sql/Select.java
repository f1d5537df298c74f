package dev.freshet.refresh.sql;

import java.util.List;

/**
 * {@code SELECT}.
 *
 * @param from entries of the FROM clause, separated by commas; empty when there is none
 * @param where conjuncts; empty when there is no WHERE
 */
public record Select(
    With with,
    Distinctness distinctness,
    List<Target> targets,
    List<FromItem> from,
    List<Expression> where,
    Grouping grouping,
    List<Window.Declaration> windows,
    Ordering ordering,
    List<Locking> locking)
    implements Query {
  public Select {
    targets = List.copyOf(targets);
    from = List.copyOf(from);
    where = List.copyOf(where);
    windows = List.copyOf(windows);
    locking = List.copyOf(locking);
  }

  /** A builder of an empty SELECT. */
  public static SelectBuilder builder() {
    return new SelectBuilder();
  }

  /** A builder that starts from this SELECT. */
  public SelectBuilder toBuilder() {
    return new SelectBuilder()
        .with(with)
        .distinct(distinctness)
        .targets(targets)
        .from(from)
        .where(where)
        .grouping(grouping)
        .windows(windows)
        .ordering(ordering)
        .locking(locking);
  }

  @Override
  public Select withWith(With changed) {
    return toBuilder().with(changed).build();
  }

  @Override
  public Select withOrdering(Ordering changed) {
    return toBuilder().ordering(changed).build();
  }

  @Override
  public Select mapNodes(NodeMapping mapping) {
    return new Select(
        with.mapNodes(mapping),
        distinctness.mapNodes(mapping),
        mapping.targets(targets),
        mapping.fromItems(from),
        mapping.expressions(where),
        grouping.mapNodes(mapping),
        windows.stream().map(window -> window.mapNodes(mapping)).toList(),
        ordering.mapNodes(mapping),
        locking);
  }
}
