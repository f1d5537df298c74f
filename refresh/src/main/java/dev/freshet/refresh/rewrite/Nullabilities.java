package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.sql.Query;
import java.util.List;
import java.util.stream.IntStream;

/** Adds to columns what is known of their NULLs. */
final class Nullabilities {

  private Nullabilities() {}

  /** The columns, NOT NULL where the query's target in the same place never is. */
  static List<Column> of(List<Column> columns, Query query, Scopes scopes) {
    List<Column> targets = scopes.columnsOf(query);
    return IntStream.range(0, columns.size())
        .mapToObj(
            i -> new Column(columns.get(i).name(), columns.get(i).type(), targets.get(i).notNull()))
        .toList();
  }
}
