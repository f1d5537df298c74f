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
 * of them may need serves both. Recursive ones have no such form.
 */
public final class Expansion extends TreeRewriter {

  private final Catalog catalog;
  private final Deque<Map<String, Definition>> scopes = new ArrayDeque<>();

  private record Definition(Query query, List<String> columns) {}

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
    if (with.recursive() && with.tables().stream().anyMatch(Expansion::readsItself)) {
      throw new NotDifferentiable(
          "recursive_query", "WITH RECURSIVE has no delta rule yet", Position.NONE);
    }
    Map<String, Definition> scope = new HashMap<>();
    scopes.push(scope);
    for (CommonTable table : with.tables()) {
      if (!(table.statement() instanceof Query body)) {
        throw new IllegalStateException("a view holds no data-modifying WITH: " + table.name());
      }
      Query expanded = query(body);
      scope.put(table.name(), new Definition(expanded, table.columns()));
    }
    Query rest = super.query(query.withWith(With.NONE));
    scopes.pop();
    return rest;
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
      return definition.<FromItem>map(found -> inlined(table, found)).orElse(table);
    }
    return catalog
        .view(RelationName.of(table))
        .<FromItem>map(view -> inlined(table, new Definition(query(view.query()), view.columns())))
        .orElse(table);
  }

  private static SubqueryItem inlined(TableReference table, Definition definition) {
    List<String> columns = new ArrayList<>(table.alias().columns());
    List<String> own = new ArrayList<>(definition.columns());
    List<String> produced = OutputColumns.of(definition.query());
    own.addAll(produced.subList(own.size(), produced.size()));
    columns.addAll(own.subList(columns.size(), own.size()));
    return new SubqueryItem(definition.query(), false, new Alias(table.visibleName(), columns));
  }
}
