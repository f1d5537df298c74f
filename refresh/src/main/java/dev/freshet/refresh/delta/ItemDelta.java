package dev.freshet.refresh.delta;

import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.sql.Alias;
import dev.freshet.refresh.sql.ColumnReference;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.FunctionItem;
import dev.freshet.refresh.sql.JoinItem;
import dev.freshet.refresh.sql.JsonTableItem;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.SampledTable;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SelectBuilder;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.Star;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.TableReference;
import dev.freshet.refresh.sql.XmlTableItem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The change of one relation of a FROM clause, as a relation that can stand in its place: same
 * alias, same column names, and the weight.
 */
final class ItemDelta {

  private final QueryDelta queries;
  private final Changes changes;

  ItemDelta(QueryDelta queries, Changes changes) {
    this.queries = queries;
    this.changes = changes;
  }

  /** The delta of a leaf; empty where it cannot have changed. */
  Optional<FromItem> of(FromItem leaf) {
    return switch (leaf) {
      case TableReference table -> ofTable(table);
      case SubqueryItem subquery ->
          queries
              .of(subquery.query())
              .map(delta -> new SubqueryItem(delta, subquery.lateral(), subquery.alias()));
      // What a function returns follows from its arguments: it is part of the row on its left.
      case FunctionItem _, XmlTableItem _, JsonTableItem _ -> Optional.empty();
      case SampledTable _, JoinItem _ ->
          throw new IllegalStateException("a linear query has no such leaf: " + leaf);
    };
  }

  private Optional<FromItem> ofTable(TableReference table) {
    RelationName relation = RelationName.of(table);
    if (!changes.touches(relation)) {
      return Optional.empty();
    }
    return Optional.of(
        SubqueryItem.of(renamed(table, changes.deltaOf(relation)), table.visibleName()));
  }

  /** The same changes under the column names that the query's alias gives. */
  private static Query renamed(TableReference table, Query delta) {
    return table.alias().columns().isEmpty() ? delta : aliased(delta, table.alias());
  }

  private static Query aliased(Query delta, Alias alias) {
    Alias inner = new Alias("__changes", alias.columns());
    return Select.builder()
        .target(new Star(List.of("__changes")))
        .from(new SubqueryItem(delta, false, inner))
        .build();
  }

  /**
   * The leaf as it was, as a weighted relation: what is there now, less the changes. Only the
   * telescoped join needs it, and only beside a delta that it is joined with.
   */
  FromItem before(FromItem leaf, FromItem delta) {
    List<String> columns = columnsOf(leaf);
    String alias = Leaves.nameOf(leaf);
    Query now = weighted(leaf, alias, columns, Sql.integer(1));
    Query taken = weighted(delta, alias, columns, Sql.negative(Weights.of(alias)));
    boolean lateral = leaf instanceof SubqueryItem subquery && subquery.lateral();
    return new SubqueryItem(Sql.unionAll(now, taken), lateral, Alias.of(alias));
  }

  private static Query weighted(
      FromItem item, String alias, List<String> columns, Expression weight) {
    SelectBuilder select = Select.builder().from(item);
    columns.forEach(column -> select.target(new ColumnReference(List.of(alias, column)), column));
    return select.target(weight, Weights.COLUMN).build();
  }

  private List<String> columnsOf(FromItem leaf) {
    List<String> own =
        switch (leaf) {
          case TableReference table -> changes.columnsOf(RelationName.of(table));
          case SubqueryItem subquery -> OutputColumns.of(subquery.query());
          default -> throw new IllegalStateException("only tables and subqueries change: " + leaf);
        };
    List<String> renamed = leaf.alias().columns();
    return renamed.isEmpty() ? own : concatenated(renamed, own.subList(renamed.size(), own.size()));
  }

  private static List<String> concatenated(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
