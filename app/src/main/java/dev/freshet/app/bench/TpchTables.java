package dev.freshet.app.bench;

import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.database.SqlFile;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tables of TPC-H's shape, of its proportions, and changes of them; not TPC's data, and its results
 * are not TPC's either.
 */
final class TpchTables implements AutoCloseable {

  private static final long SEEDS_PER_CHANGE = 10;

  private final Session session;
  private final Map<String, Long> sizes = new LinkedHashMap<>();
  private final long orders;
  private long next;
  private long seed;

  /**
   * @param lines about how many rows {@code lineitem} shall have; 6,000,000 is TPC-H's scale 1
   */
  TpchTables(Session session, long lines) {
    this.session = session;
    orders = Math.max(100, lines / 4);
    next = orders + 1;
    sizes.put("orders", orders);
    sizes.put("customers", orders / 10);
    sizes.put("parts", orders * 2 / 15);
    sizes.put("suppliers", Math.max(10, orders / 150));
    session.query("DROP SCHEMA IF EXISTS freshet_bench CASCADE");
    session.query(filled("tables", sizes));
  }

  /** The text of a query, by its number from 1 to 22. */
  static String query(int number) {
    // TPC-H asks for more than 300, which hardly any order of these has.
    return filled("q%02d".formatted(number), Map.of("quantity", 250L));
  }

  /** Changes a fraction of the lines: 70 % updates, 15 % deletions, 15 % insertions. */
  void changeLines(double fraction) {
    seed += SEEDS_PER_CHANGE;
    session.query(filled("lines", counts(fraction)));
  }

  /** Changes the same fraction of all large tables. */
  void changeAll(double fraction) {
    changeLines(fraction);
    session.query(filled("others", counts(fraction)));
    next += inserted(fraction);
  }

  private long inserted(double fraction) {
    return Math.max(
        1, Math.round(orders * fraction * (1 - BenchTables.UPDATED - BenchTables.DELETED)));
  }

  private Map<String, Long> counts(double fraction) {
    Map<String, Long> counts = new LinkedHashMap<>(sizes);
    double changed = orders * fraction;
    counts.put("seed", seed);
    counts.put("next", next);
    counts.put("updated", Math.max(1, Math.round(changed * BenchTables.UPDATED)));
    counts.put("deleted", Math.max(1, Math.round(changed * BenchTables.DELETED)));
    counts.put("inserted", inserted(fraction));
    return counts;
  }

  private static String filled(String name, Map<String, Long> values) {
    String text = SqlFile.read(TpchTables.class, "tpch/" + name + ".sql");
    for (Map.Entry<String, Long> value : values.entrySet()) {
      text = text.replace("{" + value.getKey() + "}", value.getValue().toString());
    }
    return text;
  }

  @Override
  public void close() {
    session.query("RESET search_path; DROP SCHEMA IF EXISTS freshet_bench CASCADE");
  }
}
