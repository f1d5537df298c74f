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

  private static final String CHANGES = "__changes";

  private final QueryDelta queries;
  private final Changes changes;
  private final SharedDeltas shared;

  ItemDelta(QueryDelta queries, Changes changes, SharedDeltas shared) {
    this.queries = queries;
    this.changes = changes;
    this.shared = shared;
  }

  /** The delta of a leaf; empty where it cannot have changed. */
  Optional<FromItem> of(FromItem leaf) {
    return switch (leaf) {
      case TableReference table -> ofTable(table);
      case SubqueryItem subquery -> shared.of(subquery, queries::of);
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

  /**
   * The same changes under the column names that the query's alias gives, which count the columns
   * of the table and not those whose changes are known.
   */
  private Query renamed(TableReference table, Query delta) {
    if (table.alias().columns().isEmpty()) {
      return delta;
    }
    SelectBuilder select = Select.builder().from(SubqueryItem.of(delta, CHANGES));
    changes
        .columnsOf(RelationName.of(table))
        .forEach(name -> select.target(Sql.column(CHANGES, name), nameIn(table, name)));
    return select.target(Weights.of(CHANGES), Weights.COLUMN).build();
  }

  private String nameIn(TableReference table, String column) {
    List<String> names = table.alias().columns();
    int place = changes.allColumnsOf(RelationName.of(table)).indexOf(column);
    return place < names.size() ? names.get(place) : column;
  }

  /**
   * The leaf as it was, as a weighted relation: what is there now, less the changes. Only the
   * telescoped join needs it, and only beside a delta that it is joined with.
   */
  FromItem before(FromItem leaf, FromItem delta) {
    List<String> columns = columnsOf(leaf);
    String alias = leaf.visibleName();
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
    return switch (leaf) {
      case TableReference table ->
          changes.columnsOf(RelationName.of(table)).stream()
              .map(name -> nameIn(table, name))
              .toList();
      case SubqueryItem subquery -> {
        List<String> own = OutputColumns.of(subquery.query());
        List<String> names = subquery.alias().columns();
        yield Stream.concat(names.stream(), own.subList(names.size(), own.size()).stream())
            .toList();
      }
      default -> throw new IllegalStateException("only tables and subqueries change: " + leaf);
    };
  }
}
