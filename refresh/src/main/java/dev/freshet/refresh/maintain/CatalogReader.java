package dev.freshet.refresh.maintain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.database.SqlFile;
import dev.freshet.refresh.algebra.Catalog;
import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.ColumnType;
import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.algebra.SourceTable;
import dev.freshet.refresh.algebra.SourceType;
import dev.freshet.refresh.maintain.CatalogFacts.Refusal;
import dev.freshet.refresh.parse.SqlParser;
import dev.freshet.refresh.parse.SqlSyntaxException;
import dev.freshet.refresh.parse.UnsupportedSyntaxException;
import dev.freshet.refresh.sql.SqlRenderer;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads from the catalog what the compiler must know of one defining query. */
final class CatalogReader {

  private static final String RELATIONS = SqlFile.read(CatalogReader.class, "relations.sql");
  private static final String FUNCTIONS = SqlFile.read(CatalogReader.class, "functions.sql");
  private static final String TRAITS = SqlFile.read(CatalogReader.class, "traits.sql");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SqlParser parser;

  CatalogReader(SqlParser parser) {
    this.parser = parser;
  }

  /** Facts about the query of a definition view. */
  CatalogFacts read(Session session, long viewRelid) {
    Map<RelationName, SourceTable> tables = new HashMap<>();
    Map<RelationName, Catalog.View> views = new HashMap<>();
    Map<Long, Set<Integer>> used = new HashMap<>();
    List<Refusal> refusals = new ArrayList<>();
    boolean readsClock = false;
    for (Row row : session.execute(RELATIONS, viewRelid)) {
      if (row.getLong("relid") == viewRelid) {
        continue;
      }
      RelationName name = new RelationName(row.getString("schema"), row.getString("name"));
      JsonNode columns = json(row.getString("columns"));
      if (row.getString("kind").equals("v")) {
        try {
          views.put(name, viewOf(row, columns));
        } catch (UnsupportedSyntaxException | SqlSyntaxException unknown) {
          refusals.add(
              new Refusal(
                  "syntax",
                  "the view " + SqlRenderer.render(name.reference()) + ": " + unknown.getMessage(),
                  false));
        }
      } else {
        tables.put(name, tableOf(row, name, columns));
        used.put(row.getLong("relid"), numbers(json(row.getString("used"))));
      }
    }
    Map<RelationName, List<Catalog.Function>> functions = new HashMap<>();
    for (Row row : session.execute(FUNCTIONS, viewRelid)) {
      RelationName name = new RelationName(row.getString("schema"), row.getString("name"));
      Catalog.Function function = functionOf(row);
      functions.computeIfAbsent(name, _ -> new ArrayList<>()).add(function);
      readsClock |= FunctionRules.isClock(name, row.getInteger("arguments"));
      FunctionRules.against(name, function, row.getInteger("arguments")).ifPresent(refusals::add);
    }
    for (Row row : session.execute(TRAITS, viewRelid)) {
      // Whether it is the time or the user that is asked for, the tree says.
      readsClock |= row.getBoolean("value_function");
      if (row.getBoolean("set_returning_operator")) {
        refusals.add(
            new Refusal(
                "set_returning_target",
                "an operator that returns a set has no delta rule; write its function in FROM, as LATERAL",
                false));
      }
      if (row.getBoolean("system_catalog")) {
        refusals.add(
            new Refusal(
                "system_catalog", "changes of PostgreSQL's own catalogs cannot be captured", true));
      }
    }
    boolean aggregates =
        functions.values().stream()
            .flatMap(List::stream)
            .anyMatch(function -> function.kind() != Catalog.Kind.FUNCTION);
    return new CatalogFacts(
        new Catalog(tables, views, functions), used, refusals, readsClock, aggregates);
  }

  private Catalog.View viewOf(Row row, JsonNode columns) {
    List<String> names = new ArrayList<>();
    columns.forEach(column -> names.add(column.get("name").asText()));
    return new Catalog.View(parser.parse(row.getString("view_query")), names);
  }

  private static SourceTable tableOf(Row row, RelationName name, JsonNode columns) {
    List<Column> known = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    for (JsonNode column : columns) {
      known.add(
          new Column(
              column.get("name").asText(), typeOf(column), column.get("not_null").asBoolean()));
      numbers.add(column.get("number").asInt());
    }
    List<Set<String>> keys = new ArrayList<>();
    for (JsonNode key : json(row.getString("keys"))) {
      Set<String> names = new HashSet<>();
      key.forEach(column -> names.add(column.asText()));
      keys.add(names);
    }
    return new SourceTable(
        row.getLong("relid"),
        name.schema(),
        name.name(),
        sourceType(row),
        known,
        numbers,
        keys,
        row.getBoolean("has_children"));
  }

  private static SourceType sourceType(Row row) {
    if (row.getBoolean("stream_table")) {
      return SourceType.STREAM_TABLE;
    }
    return switch (row.getString("kind")) {
      case "p" -> SourceType.PARTITIONED_TABLE;
      case "m" -> SourceType.MATVIEW;
      case "f" -> SourceType.FOREIGN_TABLE;
      default -> SourceType.TABLE;
    };
  }

  static ColumnType typeOf(JsonNode column) {
    return new ColumnType(
        column.get("schema").asText(),
        column.get("type").asText(),
        column.get("base").asText(),
        column.get("kind").asText().charAt(0),
        column.get("modifier").asInt(),
        column.get("element").asText(),
        column.get("deterministic").asBoolean());
  }

  private static Set<Integer> numbers(JsonNode array) {
    Set<Integer> numbers = new HashSet<>();
    array.forEach(number -> numbers.add(number.asInt()));
    return numbers;
  }

  private static Catalog.Function functionOf(Row row) {
    Catalog.Kind kind =
        switch (row.getString("kind")) {
          case "a" -> Catalog.Kind.AGGREGATE;
          case "w" -> Catalog.Kind.WINDOW;
          default -> Catalog.Kind.FUNCTION;
        };
    Catalog.Volatility volatility =
        switch (row.getString("volatility")) {
          case "i" -> Catalog.Volatility.IMMUTABLE;
          case "s" -> Catalog.Volatility.STABLE;
          default -> Catalog.Volatility.VOLATILE;
        };
    return new Catalog.Function(kind, volatility, row.getBoolean("returns_set"));
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("PostgreSQL gave JSON that is none", broken);
    }
  }
}
