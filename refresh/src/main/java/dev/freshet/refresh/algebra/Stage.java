package dev.freshet.refresh.algebra;

import static java.util.Objects.requireNonNull;

import dev.freshet.refresh.sql.Query;
import java.util.List;
import java.util.Set;

/**
 * A relation that is kept: the stream table itself, or an inner result that a later stage must see
 * as a true delta.
 *
 * @param table where its rows are
 * @param query what it equals, over source tables and earlier stages
 * @param columns of the table
 * @param reads the relations that its query reads
 */
public record Stage(
    RelationName table,
    Query query,
    Shape shape,
    Identity identity,
    List<Column> columns,
    Set<RelationName> reads) {

  public Stage {
    requireNonNull(table);
    requireNonNull(query);
    requireNonNull(shape);
    requireNonNull(identity);
    columns = List.copyOf(columns);
    reads = Set.copyOf(reads);
  }

  public List<String> columnNames() {
    return columns.stream().map(Column::name).toList();
  }

  public Column column(String name) {
    return columns.stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("stage " + table + " has no column " + name));
  }
}
