package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.Identity;
import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.algebra.Shape.RecomputedPartitions;
import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.delta.OutputColumns;
import dev.freshet.refresh.delta.RestrictedQuery;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SelectBuilder;
import dev.freshet.refresh.sql.SetOperation;
import dev.freshet.refresh.sql.Sql;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The stage of INTERSECT or EXCEPT, with ALL or without. A row of the result depends on the equal
 * rows of both sides alone, so every row is a partition of its own.
 */
final class SetOperationStage {

  private final Types types;
  private final SetOperation operation;
  private final List<Column> columns;

  /**
   * @param operation of two linear queries
   */
  SetOperationStage(Types types, SetOperation operation) {
    this.types = types;
    this.operation = operation;
    this.columns = types.of(NumberedColumns.query(operation));
  }

  /** Makes the stage an inner one; the result reads it, under the operation's own names. */
  Select cutOff(Scopes scopes, StageNames names) {
    Query query = NumberedColumns.query(operation);
    RelationName table = names.of(query);
    if (scopes.stage(table).isEmpty()) {
      types.declare(table, query);
      Query touching = Sql.unionAll(keysOf(operation.left()), keysOf(operation.right()));
      Query restricted =
          SetOperation.of(
              operation.kind(),
              operation.all(),
              restricted(operation.left()),
              restricted(operation.right()));
      scopes.add(
          new Stage(
              table,
              query,
              new RecomputedPartitions(touching, columns, restricted),
              new Identity.Bag(),
              columns,
              Scopes.reads(query)));
    }
    SelectBuilder rest = Select.builder().from(table.as("o"));
    List<String> shown = OutputColumns.of(operation);
    IntStream.range(0, columns.size())
        .forEach(i -> rest.target(Sql.column("o", columns.get(i).name()), shown.get(i)));
    return rest.build();
  }

  /** The columns of a side under the types of the result. */
  private List<Expression> values() {
    return columns.stream()
        .<Expression>map(
            column -> Sql.cast(Sql.column("q", column.name()), column.type().typeName()))
        .toList();
  }

  private Select side(Query query) {
    return Select.builder().from(NumberedColumns.item(query)).build();
  }

  private Query keysOf(Query query) {
    SelectBuilder select = side(query).toBuilder();
    List<Expression> values = values();
    IntStream.range(0, values.size())
        .forEach(i -> select.target(values.get(i), RestrictedQuery.column(i)));
    return select.build();
  }

  private Query restricted(Query query) {
    SelectBuilder select = side(query).toBuilder();
    List<Expression> values = values();
    IntStream.range(0, values.size())
        .forEach(i -> select.target(values.get(i), columns.get(i).name()));
    return RestrictedQuery.of(select.build(), values, columns, RecomputedPartitions.TOUCHED);
  }
}
