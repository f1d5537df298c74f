package dev.freshet.refresh.algebra;

import static java.util.Objects.requireNonNull;

import dev.freshet.refresh.sql.ColumnReference;
import java.util.List;
import java.util.Optional;

/**
 * The relations of a FROM clause that can be told apart by name, and what their columns are.
 *
 * <p>A column that is not found here belongs to an outer query, to a function, or is a whole row.
 */
public record Scope(List<Entry> entries) {

  /**
   * One relation.
   *
   * @param alias the name by which the query calls it
   * @param columns named as the query names them
   * @param keys column sets that no two rows share; of exact types
   */
  public record Entry(String alias, List<Column> columns, List<List<String>> keys) {
    public Entry {
      requireNonNull(alias);
      columns = List.copyOf(columns);
      keys = keys.stream().map(List::copyOf).toList();
    }

    Optional<Column> column(String name) {
      return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }
  }

  /** A column of an entry. */
  public record Found(Entry entry, Column column) {

    /** The place of the column, for comparisons. */
    public Place place() {
      return new Place(entry.alias(), column.name());
    }
  }

  /** A column by the relation's alias and its name there. */
  public record Place(String alias, String column) {}

  public Scope {
    entries = List.copyOf(entries);
  }

  /** The column meant; bare names are the first relation's that has them. */
  public Optional<Found> find(ColumnReference reference) {
    String name = reference.name();
    return entries.stream()
        .filter(entry ->
            reference.qualifier().isEmpty()
                || reference.qualifier().getLast().equals(entry.alias()))
        .flatMap(entry -> entry.column(name).map(column -> new Found(entry, column)).stream())
        .findFirst();
  }
}
