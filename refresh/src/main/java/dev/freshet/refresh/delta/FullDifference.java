package dev.freshet.refresh.delta;

import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.sql.Insert;
import dev.freshet.refresh.sql.Statement;
import java.util.List;

/**
 * The whole query computed and applied as the difference: readers and subscribers see only what
 * changed.
 *
 * <p>Right whatever the table held before, an empty one included. Cost: the query, and a pass over
 * the table.
 */
public final class FullDifference {

  private FullDifference() {}

  public static Statement of(Stage stage) {
    return new Difference(stage, List.of(), stage.query(), List.of()).statement();
  }

  /** The query's rows into an empty table. */
  public static Statement intoEmpty(Stage stage) {
    return Insert.of(stage.table().reference(), stage.columnNames(), stage.query());
  }
}
