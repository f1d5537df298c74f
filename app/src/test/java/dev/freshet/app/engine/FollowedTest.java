package dev.freshet.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.testing.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A subscriber on another server through random changes, refreshed by differences and in full: its
 * tables equal the stream tables, and it was sent no row more than had changed.
 */
class FollowedTest {

  private static final int ROUNDS = 20;

  /** By name: the query, and the columns of the key, from 1; none where rows have none. */
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

  private record Kind(String query, List<Integer> key) {}

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final List<String> tables = new ArrayList<>();
  private RunningEngine engine;
  private TestDatabase admin;
  private Subscriber subscriber;

  @BeforeEach
  void start() throws SQLException {
    engine = RunningEngine.create();
    admin = engine.database().admin();
    admin.run(
        "GRANT CREATE ON DATABASE %s TO %s"
            .formatted(admin.name(), engine.database().user().user()));
    engine.run(
        "SET search_path = shop",
        "CREATE TABLE items (id int PRIMARY KEY, x int, region text, label text)",
        "CREATE TABLE parts (a int NOT NULL, b text NOT NULL, v int)",
        "CREATE TABLE regions (code text PRIMARY KEY, name text NOT NULL)",
        "INSERT INTO regions SELECT 'r' || n, 'Region ' || n FROM generate_series(0, 3) AS n",
        "INSERT INTO items SELECT n, n % 5, 'r' || n % 4, 'item ' || n FROM generate_series(1, 30) AS n",
        "INSERT INTO parts SELECT n % 4, 'p' || n % 3, n FROM generate_series(1, 30) AS n");
    subscriber = new Subscriber(admin);
    for (Map.Entry<String, Kind> kind : KINDS.entrySet()) {
      create(kind.getKey() + "_d", kind.getValue().query(), "AUTO");
      create(kind.getKey() + "_f", kind.getValue().query(), "FULL");
    }
  }

  private void create(String name, String query, String mode) throws SQLException {
    engine.run(
        "SET search_path = shop",
        "SELECT freshet.create_stream_table('%s', '%s', '1h', '%s')".formatted(name, query, mode));
    engine.await(name);
    engine.run(
        "SET search_path = shop",
        "SELECT freshet.stream_table_to_publication('%s', (SELECT min(downstream_publication_name) FROM freshet.pgt_stream_tables))"
            .formatted(name));
    tables.add("shop." + name);
    subscriber.like("shop." + name);
  }

  @AfterEach
  void stop() throws SQLException {
    subscriber.close();
    engine.close();
  }

  private String change() {
    int id = 1 + random.nextInt(40);
    String region = random.nextInt(5) == 0 ? "NULL" : "'r" + random.nextInt(6) + "'";
    return switch (random.nextInt(9)) {
      case 0, 1 ->
          "INSERT INTO shop.items VALUES (%d, %d, %s, 'new') ON CONFLICT (id) DO UPDATE SET x = excluded.x"
              .formatted(id, random.nextInt(5), region);
      case 2 -> "UPDATE shop.items SET region = %s WHERE id = %d".formatted(region, id);
      case 3 -> "UPDATE shop.items SET x = x WHERE id < " + id;
      case 4 -> "DELETE FROM shop.items WHERE id = " + id;
      case 5 -> "UPDATE shop.items SET id = id + 100 WHERE id = " + id;
      case 6 ->
          "INSERT INTO shop.parts VALUES (%d, 'p%d', %d)"
              .formatted(random.nextInt(5), random.nextInt(4), id);
      case 7 ->
          "DELETE FROM shop.parts WHERE a = %d AND b = 'p%d'"
              .formatted(random.nextInt(5), random.nextInt(4));
      default -> "UPDATE shop.regions SET name = name || '.' WHERE code = " + region;
    };
  }

  @Test
  void followsEveryRefreshRowByRow() throws SQLException {
    String publication = engine.seen("SELECT pubname FROM pg_publication");
    subscriber.follow(publication);
    try (SentChanges sent = new SentChanges(admin, publication)) {
      for (int round = 0; round < ROUNDS; round++) {
        Map<String, List<List<String>>> before = contents();
        for (int i = random.nextInt(4); i >= 0; i--) {
          engine.run(change());
        }
        if (round == ROUNDS / 2) {
          engine.run("SELECT freshet.repair_stream_table('shop.joined_d')");
        }
        for (String table : tables) {
          engine.refresh(table);
        }
        requireLeast(before, sent.take());
        for (String table : tables) {
          subscriber.requireSame(table);
        }
      }
      assertThat(engine.failures()).isEqualTo("0");
      admin.run("SELECT freshet.note_subscribers()");
      assertThat(
              engine.seen(
                  "SELECT active, publications, risk, inactive_since FROM freshet.pgt_subscribers WHERE slot_name = '%s'"
                      .formatted(subscriber.slot())))
          .isEqualTo("t | {%s} | none | null".formatted(publication));
      requireFollowedThroughAnotherQuery(sent);
    }
  }

  /** Same columns, and other ones, which the subscriber's owner makes there, too. */
  private void requireFollowedThroughAnotherQuery(SentChanges sent) throws SQLException {
    Map<String, List<List<String>>> before = contents();
    engine.run(
        "SET search_path = shop",
        "SELECT freshet.alter_stream_table('keyed_d', query => 'SELECT id, x + 1 AS x, label FROM items')");
    engine.refresh("keyed_d");
    requireLeast(before, sent.take());
    subscriber.requireSame("shop.keyed_d");

    engine.run(
        "SET search_path = shop",
        "SELECT freshet.alter_stream_table('bag_d', query => 'SELECT region, x::numeric AS x FROM items')");
    subscriber
        .database()
        .run(
            "ALTER TABLE shop.bag_d DROP COLUMN x, DROP COLUMN region, ADD region text, ADD x numeric");
    engine.refresh("bag_d");
    subscriber.requireSame("shop.bag_d");
  }

  private Map<String, List<List<String>>> contents() throws SQLException {
    Map<String, List<List<String>>> contents = new HashMap<>();
    for (String table : tables) {
      List<List<String>> rows = new ArrayList<>();
      for (String line : engine.seen("SELECT * FROM " + table).lines().toList()) {
        rows.add(List.of(line.split(" \\| ", -1)));
      }
      contents.put(table, rows);
    }
    return contents;
  }

  private void requireLeast(Map<String, List<List<String>>> before, SentChanges.Sent sent)
      throws SQLException {
    Map<String, List<List<String>>> after = contents();
    for (String table : tables) {
      Kind kind = of(KINDS, table.substring("shop.".length(), table.length() - 2));
      assertThat(
              "I=%d U=%d D=%d T=%d"
                  .formatted(
                      sent.count(table, 'I'),
                      sent.count(table, 'U'),
                      sent.count(table, 'D'),
                      sent.count(table, 'T')))
          .as("%s, seed %d: %s to %s", table, seed, before.get(table), after.get(table))
          .isEqualTo(least(of(before, table), of(after, table), table, kind));
    }
  }

  private static <T> T of(Map<String, T> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  private static String least(
      List<List<String>> before, List<List<String>> after, String table, Kind kind) {
    if (table.startsWith("shop.total")) {
      return "I=0 U=%d D=0 T=0".formatted(before.equals(after) ? 0 : 1);
    }
    if (kind.key().isEmpty()) {
      return "I=%d U=0 D=%d T=0".formatted(surplus(after, before), surplus(before, after));
    }
    Function<List<String>, List<String>> key =
        row -> kind.key().stream().map(place -> row.get(place - 1)).toList();
    Map<List<String>, List<String>> old =
        before.stream().collect(Collectors.toMap(key, row -> row));
    Map<List<String>, List<String>> now = after.stream().collect(Collectors.toMap(key, row -> row));
    long updated =
        now.entrySet().stream()
            .filter(entry -> old.containsKey(entry.getKey()))
            .filter(entry -> !entry.getValue().equals(old.get(entry.getKey())))
            .count();
    long inserted = now.keySet().stream().filter(found -> !old.containsKey(found)).count();
    long deleted = old.keySet().stream().filter(found -> !now.containsKey(found)).count();
    return "I=%d U=%d D=%d T=0".formatted(inserted, updated, deleted);
  }

  /** How many copies of rows the first has more than the second. */
  private static int surplus(List<List<String>> first, List<List<String>> second) {
    List<List<String>> left = new ArrayList<>(first);
    second.forEach(left::remove);
    return left.size();
  }
}
