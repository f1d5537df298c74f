package dev.freshet.refresh.algebra;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A table that a defining query reads.
 *
 * @param numbers attribute numbers of {@code columns}, in the same order
 * @param keys column sets that are unique and never NULL, the primary key first
 * @param hasChildren whether other tables inherit from it (partitions do not count)
 */
public record SourceTable(
    long relid,
    String schema,
    String name,
    SourceType type,
    List<Column> columns,
    List<Integer> numbers,
    List<Set<String>> keys,
    boolean hasChildren) {

  public SourceTable {
    requireNonNull(schema);
    requireNonNull(name);
    requireNonNull(type);
    columns = List.copyOf(columns);
    numbers = List.copyOf(numbers);
    keys = keys.stream().map(Set::copyOf).toList();
    if (columns.size() != numbers.size()) {
      throw new IllegalArgumentException("a column without its attribute number");
    }
  }

  public Optional<Column> column(String wanted) {
    return columns.stream().filter(column -> column.name().equals(wanted)).findFirst();
  }

  /** The attribute number of a column that the table has. */
  public int numberOf(String column) {
    return IntStream.range(0, columns.size())
        .filter(index -> columns.get(index).name().equals(column))
        .mapToObj(numbers::get)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no column " + column + " in " + name));
  }
}
