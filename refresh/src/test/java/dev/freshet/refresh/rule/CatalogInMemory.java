package dev.freshet.refresh.rule;

import static dev.freshet.refresh.algebra.Catalog.Kind.AGGREGATE;
import static dev.freshet.refresh.algebra.Catalog.Kind.FUNCTION;
import static dev.freshet.refresh.algebra.Catalog.Kind.WINDOW;
import static dev.freshet.refresh.algebra.Catalog.Volatility.IMMUTABLE;

import dev.freshet.refresh.algebra.Catalog;
import dev.freshet.refresh.algebra.Catalog.Function;
import dev.freshet.refresh.algebra.Catalog.Kind;
import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.parse.SqlParser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the catalog of a database with the shop's tables, views and PostgreSQL's functions says. */
final class CatalogInMemory {

  private CatalogInMemory() {}

  static Catalog of(SqlParser parser) {
    return new Catalog(ShopTables.all(), views(parser), functions());
  }

  private static Map<RelationName, Catalog.View> views(SqlParser parser) {
    return Map.of(
        new RelationName("shop", "norwegians"),
        new Catalog.View(
            parser.parse(
                "SELECT customers.id, customers.name FROM shop.customers WHERE customers.city = 'Oslo'::text"),
            List.of("id", "called")),
        new RelationName("shop", "norwegian_orders"),
        new Catalog.View(
            parser.parse(
                "SELECT o.id, n.called FROM shop.orders o JOIN shop.norwegians n ON n.id = o.customer_id"),
            List.of("id", "called")));
  }

  private static Map<RelationName, List<Function>> functions() {
    Map<RelationName, List<Function>> functions = new HashMap<>();
    add(functions, AGGREGATE, false, "count", "sum", "avg", "min", "max", "stddev_samp");
    add(functions, AGGREGATE, false, "string_agg", "array_agg", "bool_or");
    add(functions, WINDOW, false, "row_number", "rank", "lag");
    add(functions, FUNCTION, false, "upper", "abs");
    add(functions, FUNCTION, true, "unnest", "generate_series");
    return functions;
  }

  private static void add(
      Map<RelationName, List<Function>> functions, Kind kind, boolean returnsSet, String... names) {
    for (String name : names) {
      functions.put(
          new RelationName("pg_catalog", name), List.of(new Function(kind, IMMUTABLE, returnsSet)));
    }
  }
}
