package dev.freshet.refresh.rule;

import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.algebra.SourceTable;
import dev.freshet.refresh.algebra.SourceType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The source tables that all cases read, in schema {@code shop}. */
final class ShopTables {

  private static final String SCHEMA = "shop";
  private static final Pattern COMMA = Pattern.compile(", ");
  private static final String NOT_NULL = " not null";

  private final Map<RelationName, SourceTable> tables = new HashMap<>();

  private ShopTables() {}

  static Map<RelationName, SourceTable> all() {
    ShopTables shop = new ShopTables();
    shop.table("customers", "id int4 not null, city text, name text not null", "id");
    shop.table(
        "orders",
        "id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null",
        "id");
    shop.table(
        "items",
        "order_id int4 not null, line int4 not null, product text not null, quantity int4",
        "order_id, line");
    shop.table("products", "code text not null, tags text[], kind shop.mood not null", "code");
    shop.table("tariffs", "rate numeric not null, name text not null", "rate");
    shop.table("brands", "name text ci not null, country text ci", "name");
    shop.table("visits", "customer_id int4, page text not null, seconds float8");
    shop.table("returns", "customer_id int4, page text not null, seconds float8");
    shop.table("readings", "sensor int4 not null, value numeric, temperature float4, cost money");
    shop.table("documents", "id int4 not null, body json, place point, home shop.address", "id");
    shop.table("labels", "label public.citext, owner int4, note text");
    shop.add("stock", SourceType.MATVIEW, "product text, quantity int4", false);
    shop.add("suppliers", SourceType.FOREIGN_TABLE, "id int4, name text", false);
    shop.add("events", SourceType.TABLE, "id int4 not null, kind text not null", true, "id");
    shop.add("sales", SourceType.STREAM_TABLE, "city text not null, total int8", false, "city");
    return Map.copyOf(shop.tables);
  }

  private void table(String name, String columns, String... keys) {
    add(name, SourceType.TABLE, columns, false, keys);
  }

  private void add(
      String name, SourceType type, String columns, boolean hasChildren, String... keys) {
    List<Column> known = new ArrayList<>();
    COMMA.splitAsStream(columns).forEach(column -> known.add(column(column)));
    List<Set<String>> unique = Arrays.stream(keys).map(key -> Set.of(COMMA.split(key))).toList();
    List<Integer> numbers = IntStream.rangeClosed(1, known.size()).boxed().toList();
    int relid = 1000 + tables.size();
    tables.put(
        new RelationName(SCHEMA, name),
        new SourceTable(relid, SCHEMA, name, type, known, numbers, unique, hasChildren));
  }

  private static Column column(String written) {
    boolean notNull = written.endsWith(NOT_NULL);
    String rest = notNull ? written.substring(0, written.length() - NOT_NULL.length()) : written;
    int space = rest.indexOf(' ');
    return new Column(rest.substring(0, space), TypesByName.of(rest.substring(space + 1)), notNull);
  }
}
