package dev.freshet.app.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Tables, stream tables of every kind of key over them, and random changes, for those who follow
 * publications. Statements have no schemas: they are of the search path.
 */
public final class FollowedTables {

  /**
   * A stream table to follow.
   *
   * @param key its columns, from 1; none where rows have none
   */
  public record Kind(String query, List<Integer> key) {}

  private static final Map<String, Kind> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put("keyed", new Kind("SELECT id, x, label FROM items", List.of(1)));
    KINDS.put(
        "composite",
        new Kind(
            "SELECT a, b, sum(v) AS v, count(*) AS n FROM parts GROUP BY a, b", List.of(1, 2)));
    KINDS.put(
        "nullable",
        new Kind(
            "SELECT region, count(*) AS n, max(x) AS x FROM items GROUP BY region", List.of(1)));
    KINDS.put("bag", new Kind("SELECT x, region FROM items", List.of()));
    KINDS.put("total", new Kind("SELECT count(*) AS n, sum(x) AS x FROM items", List.of()));
    KINDS.put(
        "joined",
        new Kind(
            "SELECT i.id, i.x, r.name FROM items AS i LEFT JOIN regions AS r ON r.code = i.region",
            List.of(1)));
  }

  private FollowedTables() {}

  /** By name, in the order in which they are created. */
  public static Map<String, Kind> kinds() {
    return new LinkedHashMap<>(KINDS);
  }

  /** Makes and fills the tables. */
  public static List<String> create() {
    return List.of(
        "CREATE TABLE items (id int PRIMARY KEY, x int, region text, label text)",
        "CREATE TABLE parts (a int NOT NULL, b text NOT NULL, v numeric(8,2))",
        "CREATE TABLE regions (code text PRIMARY KEY, name text NOT NULL)",
        "INSERT INTO regions SELECT 'r' || n, 'Region ' || n FROM generate_series(0, 3) AS n",
        "INSERT INTO items SELECT n, n % 5, 'r' || n % 4, 'item ' || n FROM generate_series(1, 30) AS n",
        "INSERT INTO parts SELECT n % 4, 'p' || n % 3, n FROM generate_series(1, 30) AS n");
  }

  /**
   * Makes a stream table and publishes it, together with those made before.
   *
   * @param name ends with {@code _d} for the first of all, which the publication is called after
   */
  public static List<String> publish(String name, String query, String mode) {
    return List.of(
        "SELECT freshet.create_stream_table('%s', '%s', '1h', '%s')".formatted(name, query, mode),
        "CALL freshet.wait_for_stream_table('%s')".formatted(name),
        "SELECT freshet.stream_table_to_publication('%s', (SELECT min(downstream_publication_name) FROM freshet.pgt_stream_tables WHERE pgt_name LIKE '%%\\_d'))"
            .formatted(name));
  }

  /** A change of a table that can be made whatever is in it. */
  public static String change(Random random) {
    int id = 1 + random.nextInt(40);
    String region = random.nextInt(5) == 0 ? "NULL" : "'r" + random.nextInt(6) + "'";
    return switch (random.nextInt(10)) {
      case 0, 1 ->
          "INSERT INTO items VALUES (%d, %d, %s, 'new') ON CONFLICT (id) DO UPDATE SET x = excluded.x"
              .formatted(id, random.nextInt(5), region);
      case 2 -> "UPDATE items SET region = %s WHERE id = %d".formatted(region, id);
      case 3 -> "UPDATE items SET x = x WHERE id < " + id;
      case 4 -> "UPDATE items SET x = (x + 1) %% 5 WHERE id < %d".formatted(id);
      case 5 -> "DELETE FROM items WHERE id = " + id;
      case 6 ->
          "UPDATE items SET id = id + 100 WHERE id = %d AND NOT EXISTS (SELECT FROM items WHERE id = %d)"
              .formatted(id, id + 100);
      case 7 ->
          "INSERT INTO parts VALUES (%d, 'p%d', %d.5)"
              .formatted(random.nextInt(5), random.nextInt(4), id);
      case 8 ->
          "DELETE FROM parts WHERE a = %d AND b = 'p%d'"
              .formatted(random.nextInt(5), random.nextInt(4));
      default -> "UPDATE regions SET name = name || '.' WHERE code = " + region;
    };
  }
}
