package dev.freshet.refresh.rule;

import dev.freshet.refresh.algebra.Catalog;
import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.NotDifferentiable;
import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.algebra.SourceTable;
import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.delta.StageDelta;
import dev.freshet.refresh.parse.SqlParser;
import dev.freshet.refresh.rewrite.Expansion;
import dev.freshet.refresh.rewrite.StageCutter;
import dev.freshet.refresh.rewrite.StageNames;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Statement;
import dev.freshet.refresh.sql.TableReference;
import dev.freshet.refresh.sql.Trees;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A defining query and its stages, made as the planner makes them. */
public record CompiledQuery(
    Query query, Query expanded, List<SourceTable> sources, List<Stage> stages) {

  static final RelationName STREAM_TABLE = new RelationName("public", "st");

  private static final SqlParser PARSER = new SqlParser();
  private static final Catalog CATALOG = CatalogInMemory.of(PARSER);

  public CompiledQuery {
    sources = List.copyOf(sources);
    stages = List.copyOf(stages);
  }

  /**
   * Compiles a canonical query.
   *
   * @throws NotDifferentiable where a part has no rule
   */
  public static CompiledQuery of(String sql) {
    Query query = PARSER.parse(sql);
    Query expanded = Expansion.of(query, CATALOG);
    TypesInMemory types = new TypesInMemory(CATALOG);
    List<Column> columns = types.of(expanded);
    List<Stage> stages =
        StageCutter.cut(expanded, CATALOG, types, numbered(), STREAM_TABLE, columns);
    return new CompiledQuery(query, expanded, sourcesOf(expanded), stages);
  }

  /** Source tables that a query names, in the order in which they occur. */
  static List<SourceTable> sourcesOf(String sql) {
    return sourcesOf(PARSER.parse(sql));
  }

  private static List<SourceTable> sourcesOf(Query query) {
    return Trees.fromItems(query, TableReference.class).stream()
        .map(RelationName::of)
        .distinct()
        .flatMap(name -> CATALOG.table(name).stream())
        .toList();
  }

  /** The same query has the same name: s1, s2, …. */
  private static StageNames numbered() {
    Map<Query, RelationName> names = new HashMap<>();
    return query ->
        names.computeIfAbsent(
            query, _ -> new RelationName("freshet_state", "s" + (names.size() + 1)));
  }

  /** The statement for each stage that has something to do, in order. */
  Map<Stage, Statement> differential(Collection<SourceTable> changed, boolean insertOnly) {
    ChangesInMemory changes = new ChangesInMemory();
    UsedColumns used = new UsedColumns(expanded);
    changed.forEach(source -> changes.add(source, used.of(source)));
    Map<Stage, Statement> statements = new LinkedHashMap<>();
    for (Stage stage : stages) {
      StageDelta.of(stage, changes, insertOnly)
          .ifPresent(statement -> {
            statements.put(stage, statement);
            changes.add(stage);
          });
    }
    return statements;
  }
}
