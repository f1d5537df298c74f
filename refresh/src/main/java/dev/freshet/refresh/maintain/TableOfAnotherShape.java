package dev.freshet.refresh.maintain;

import static java.util.stream.Collectors.joining;

import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.sql.SqlRenderer;
import java.util.List;

/** Somebody altered a stream table: it can no longer hold what its query returns. */
public final class TableOfAnotherShape extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** SQLSTATE {@code invalid_table_definition}. */
  public static final String SQL_STATE = "42P16";

  private final String hint;

  private TableOfAnotherShape(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  /** What to do about it. */
  public String hint() {
    return hint;
  }

  /** Compares by position and type: a column may have another name than that of the query. */
  static void refuse(RelationName table, List<Column> columns, List<Column> asked) {
    boolean same = columns.size() == asked.size();
    for (int i = 0; same && i < columns.size(); i++) {
      same = columns.get(i).type().isSameTypeAs(asked.get(i).type());
    }
    if (!same) {
      String name = SqlRenderer.render(table.reference());
      throw new TableOfAnotherShape(
          "somebody altered %s: its columns are (%s), those of its query are (%s)"
              .formatted(name, listed(columns), listed(asked)),
          "Columns come and go with the query. Put them back with ALTER TABLE, in the query's order;"
              + " or drop the stream table and create it again.");
    }
  }

  private static String listed(List<Column> columns) {
    return columns.stream()
        .map(column -> column.name() + " " + column.type().name())
        .collect(joining(", "));
  }
}
