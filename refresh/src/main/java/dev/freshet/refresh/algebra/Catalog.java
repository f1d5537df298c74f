package dev.freshet.refresh.algebra;

import dev.freshet.refresh.sql.FunctionCall;
import dev.freshet.refresh.sql.Query;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the catalog says about the relations and functions of one defining query.
 *
 * @param tables source tables by name
 * @param views views by name, which are expanded
 * @param functions functions and aggregates that the query or one of its views calls
 */
public record Catalog(
    Map<RelationName, SourceTable> tables,
    Map<RelationName, View> views,
    Map<RelationName, List<Function>> functions) {

  /** A view: its query and the names of its columns. */
  public record View(Query query, List<String> columns) {
    public View {
      columns = List.copyOf(columns);
    }
  }

  /** What matters of a function. */
  public record Function(Kind kind, Volatility volatility, boolean returnsSet) {}

  /** {@code pg_proc.prokind}. */
  public enum Kind {
    FUNCTION,
    AGGREGATE,
    WINDOW
  }

  /** {@code pg_proc.provolatile}. */
  public enum Volatility {
    IMMUTABLE,
    STABLE,
    VOLATILE
  }

  /** What rewriting calls, whether the query does or not. */
  private static final Map<RelationName, List<Function>> OWN =
      Map.of(
          builtIn("min"), List.of(aggregate()),
          builtIn("max"), List.of(aggregate()),
          builtIn("array_agg"), List.of(aggregate()));

  public Catalog {
    tables = Map.copyOf(tables);
    views = Map.copyOf(views);
    functions = Map.copyOf(functions);
  }

  private static RelationName builtIn(String name) {
    return new RelationName("pg_catalog", name);
  }

  private static Function aggregate() {
    return new Function(Kind.AGGREGATE, Volatility.IMMUTABLE, false);
  }

  /** The same with one more table. */
  public Catalog with(SourceTable table) {
    Map<RelationName, SourceTable> more = new HashMap<>(tables);
    more.put(new RelationName(table.schema(), table.name()), table);
    return new Catalog(more, views, functions);
  }

  public Optional<SourceTable> table(RelationName name) {
    return Optional.ofNullable(tables.get(name));
  }

  public Optional<View> view(RelationName name) {
    return Optional.ofNullable(views.get(name));
  }

  public boolean isAggregate(FunctionCall call) {
    return functionsOf(call).stream().anyMatch(function -> function.kind() == Kind.AGGREGATE);
  }

  public boolean returnsSet(FunctionCall call) {
    return functionsOf(call).stream().anyMatch(Function::returnsSet);
  }

  /** Whether the query calls a function and an aggregate of that name. */
  public boolean isAmbiguous(FunctionCall call) {
    return isAggregate(call)
        && functionsOf(call).stream().anyMatch(function -> function.kind() == Kind.FUNCTION);
  }

  private List<Function> functionsOf(FunctionCall call) {
    List<String> name = call.name();
    String schema = name.size() > 1 ? name.get(name.size() - 2) : "pg_catalog";
    RelationName relation = new RelationName(schema, name.getLast());
    return functions.getOrDefault(relation, OWN.getOrDefault(relation, List.of()));
  }
}
