package dev.freshet.refresh.delta;

import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Query;
import java.util.List;
import java.util.Optional;

/** The changes of the relations that a query reads, in the interval that is refreshed. */
public interface Changes {

  /** The time at which the interval begins, a {@code timestamptz}; it ends now. */
  Expression timeThen();

  /** Whether the relation may have changed. */
  boolean touches(RelationName relation);

  /** The columns of which changes are known, as the relation names them. */
  List<String> columnsOf(RelationName relation);

  /** All columns of the relation, in order: what an alias of columns counts by. */
  List<String> allColumnsOf(RelationName relation);

  /**
   * The columns of a relation that is kept beside the stream table, with their types; empty for
   * source tables.
   */
  Optional<List<Column>> keptColumnsOf(RelationName relation);

  /** The raw weighted changes: {@link #columnsOf}, then {@code __weight}; not netted. */
  Query deltaOf(RelationName relation);
}
