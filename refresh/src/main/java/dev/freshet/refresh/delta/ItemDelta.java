package dev.freshet.refresh.delta;

import dev.freshet.refresh.algebra.Column;
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
import dev.freshet.refresh.sql.Trees;
import dev.freshet.refresh.sql.XmlTableItem;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The change of one relation of a FROM clause, as a relation that can stand in its place: same
 * alias, same column names, and the weight.
 */
final class ItemDelta {

  private static final String CHANGES = "__changes";

  private final QueryDelta queries;
  private final Changes changes;
  private final SharedDeltas shared;
  private final boolean visibleOnly;

  /**
   * @param visibleOnly whether a change that the reader does not look at is none
   */
  ItemDelta(QueryDelta queries, Changes changes, SharedDeltas shared, boolean visibleOnly) {
    this.queries = queries;
    this.changes = changes;
    this.shared = shared;
    this.visibleOnly = visibleOnly;
  }

  /** The delta of a leaf; empty where it cannot have changed. */
  Optional<FromItem> of(FromItem leaf) {
    return of(leaf, Optional.empty());
  }

  /** The delta of a leaf as far as a SELECT that reads it can tell it from no change. */
  Optional<FromItem> of(FromItem leaf, Select reader) {
    return of(leaf, visibleOnly ? Optional.of(reader) : Optional.empty());
  }

  private Optional<FromItem> of(FromItem leaf, Optional<Select> reader) {
    return switch (leaf) {
      case TableReference table -> ofTable(table, reader);
      case SubqueryItem subquery -> shared.of(subquery, queries::of);
      // What a function returns follows from its arguments: it is part of the row on its left.
      case FunctionItem _, XmlTableItem _, JsonTableItem _ -> Optional.empty();
      case SampledTable _, JoinItem _ ->
          throw new IllegalStateException("a linear query has no such leaf: " + leaf);
    };
  }

  private Optional<FromItem> ofTable(TableReference table, Optional<Select> reader) {
    RelationName relation = RelationName.of(table);
    if (!changes.touches(relation)) {
      return Optional.empty();
    }
    Query delta =
        changes
            .keptColumnsOf(relation)
            .flatMap(columns -> reader.flatMap(select -> visible(table, columns, select)))
            .map(columns -> {
              queries.noteSeveral();
              return netted(changes.deltaOf(relation), columns);
            })
            .orElseGet(() -> renamed(table, changes.deltaOf(relation)));
    return Optional.of(SubqueryItem.of(delta, table.visibleName()));
  }

  /**
   * The columns of a kept relation that a SELECT looks at; empty if it may be all of them.
   *
   * <p>A kept relation counts rows beside what it shows. One more row of a value that was there
   * changes the count and nothing that is looked at; passed on, it would be joined with everything
   * that the value belongs to, twice, to come to nothing in the end.
   */
  private static Optional<List<Column>> visible(
      TableReference table, List<Column> columns, Select reader) {
    Set<String> used = new HashSet<>();
    for (ColumnReference reference : Trees.expressions(reader, ColumnReference.class)) {
      if (reference.qualifier().isEmpty()) {
        return Optional.empty();
      }
      if (reference.qualifier().equals(List.of(table.visibleName()))) {
        used.add(reference.name());
      }
    }
    List<Column> seen = columns.stream().filter(column -> used.contains(column.name())).toList();
    return seen.size() < columns.size() && table.alias().columns().isEmpty()
        ? Optional.of(seen)
        : Optional.empty();
  }

  private static Query netted(Query delta, List<Column> columns) {
    SelectBuilder seen = Select.builder().from(SubqueryItem.of(delta, CHANGES));
    columns.forEach(column -> seen.target(Sql.column(CHANGES, column.name()), column.name()));
    return NetDelta.of(seen.target(Weights.of(CHANGES), Weights.COLUMN).build(), columns);
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
   * telescoped join needs it, and only beside a delta that it is joined with. Both parts have the
   * same types: else PostgreSQL could not look rows up in each of them, and would read all.
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
    return select.target(Sql.cast(weight, "int8"), Weights.COLUMN).build();
  }

  private List<String> columnsOf(FromItem leaf) {
    return switch (leaf) {
      case TableReference table ->
          changes.columnsOf(RelationName.of(table)).stream()
              .map(name -> nameIn(table, name))
              .toList();
      case SubqueryItem subquery -> OutputColumns.of(subquery.query(), subquery.alias().columns());
      default -> throw new IllegalStateException("only tables and subqueries change: " + leaf);
    };
  }
}
