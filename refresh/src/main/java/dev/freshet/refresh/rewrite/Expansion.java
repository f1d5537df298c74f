package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.algebra.Catalog;
import dev.freshet.refresh.algebra.NotDifferentiable;
import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.delta.OutputColumns;
import dev.freshet.refresh.sql.Alias;
import dev.freshet.refresh.sql.CommonTable;
import dev.freshet.refresh.sql.FromItem;
import dev.freshet.refresh.sql.Position;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SelectBuilder;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.SubqueryItem;
import dev.freshet.refresh.sql.TableReference;
import dev.freshet.refresh.sql.TreeRewriter;
import dev.freshet.refresh.sql.Trees;
import dev.freshet.refresh.sql.With;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Replaces views and common table expressions by their queries, so that only tables are left.
 *
 * <p>A common table expression that is read twice becomes two equal subqueries; the stage that one
 * of them may need serves both. A recursive one becomes a subquery with a WITH of its own, in which
 * nothing but that table is left.
 */
public final class Expansion extends TreeRewriter {

  private final Catalog catalog;
  private final Deque<Map<String, Definition>> scopes = new ArrayDeque<>();

  private record Definition(Query query, List<String> columns) {}

  /** Of a table inside its own definition. */
  private static final Definition SELF = new Definition(Select.builder().build(), List.of());

  private Expansion(Catalog catalog) {
    this.catalog = catalog;
  }

  public static Query of(Query query, Catalog catalog) {
    return new Expansion(catalog).query(query);
  }

  @Override
  public Query query(Query query) {
    With with = query.with();
    if (!with.isPresent()) {
      return super.query(query);
    }
    Map<String, Definition> scope = new HashMap<>();
    scopes.push(scope);
    for (CommonTable table : with.tables()) {
      if (!(table.statement() instanceof Query body)) {
        throw new IllegalStateException("a view holds no data-modifying WITH: " + table.name());
      }
      scope.put(
          table.name(),
          with.recursive() && readsItself(table)
              ? recursive(table, body, scope)
              : new Definition(query(body), table.columns()));
    }
    Query rest = super.query(query.withWith(With.NONE));
    scopes.pop();
    return rest;
  }

  /** A query of its own, in which the table goes on reading itself. */
  private Definition recursive(CommonTable table, Query body, Map<String, Definition> scope) {
    if (table.search().isPresent() || table.cycle().isPresent()) {
      throw new NotDifferentiable(
          "recursive_query",
          "SEARCH and CYCLE have no delta rule; keep the path in a column of the query",
          Position.NONE);
    }
    scope.put(table.name(), SELF);
    Query expanded = query(body);
    List<String> columns = OutputColumns.of(expanded, table.columns());
    CommonTable again = CommonTable.of(table.name(), columns, expanded);
    SelectBuilder rows = Select.builder().from(TableReference.of(table.name()));
    columns.forEach(column -> rows.target(Sql.column(table.name(), column), column));
    return new Definition(rows.build().withWith(new With(true, List.of(again))), columns);
  }

  private static boolean readsItself(CommonTable table) {
    return Trees.fromItems(table.statement(), TableReference.class).stream()
        .anyMatch(item -> item.schema().isEmpty() && item.name().equals(table.name()));
  }

  @Override
  public FromItem fromItem(FromItem item) {
    if (!(item instanceof TableReference table)) {
      return super.fromItem(item);
    }
    if (table.schema().isEmpty()) {
      Optional<Definition> definition =
          scopes.stream()
              .filter(scope -> scope.containsKey(table.name()))
              .findFirst()
              .map(scope -> scope.get(table.name()));
      return definition
          .<FromItem>map(found -> found.equals(SELF) ? table : inlined(table, found))
          .orElse(table);
    }
    return catalog
        .view(RelationName.of(table))
        .<FromItem>map(view -> inlined(table, new Definition(query(view.query()), view.columns())))
        .orElse(table);
  }

  private static SubqueryItem inlined(TableReference table, Definition definition) {
    List<String> columns = new ArrayList<>(table.alias().columns());
    List<String> own = OutputColumns.of(definition.query(), definition.columns());
    columns.addAll(own.subList(columns.size(), own.size()));
    return new SubqueryItem(definition.query(), false, new Alias(table.visibleName(), columns));
  }
}
