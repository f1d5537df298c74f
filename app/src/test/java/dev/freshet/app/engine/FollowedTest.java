package dev.freshet.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.app.testing.FollowedTables;
import dev.freshet.catalog.testing.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
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

  private static final Map<String, FollowedTables.Kind> KINDS = FollowedTables.kinds();

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
    inShop(FollowedTables.create());
    subscriber = new Subscriber(admin);
    for (Map.Entry<String, FollowedTables.Kind> kind : KINDS.entrySet()) {
      create(kind.getKey() + "_d", kind.getValue().query(), "AUTO");
      create(kind.getKey() + "_f", kind.getValue().query(), "FULL");
    }
  }

  private void create(String name, String query, String mode) throws SQLException {
    inShop(FollowedTables.publish(name, query, mode));
    tables.add("shop." + name);
    subscriber.like("shop." + name);
  }

  @AfterEach
  void stop() throws SQLException {
    subscriber.close();
    engine.close();
  }

  private void inShop(List<String> statements) throws SQLException {
    List<String> all = new ArrayList<>(List.of("SET search_path = shop"));
    all.addAll(statements);
    engine.run(all.toArray(String[]::new));
  }

  @Test
  void followsEveryRefreshRowByRow() throws SQLException {
    String publication = engine.seen("SELECT pubname FROM pg_publication");
    subscriber.follow(publication);
    try (SentChanges sent = new SentChanges(admin, publication)) {
      for (int round = 0; round < ROUNDS; round++) {
        Map<String, List<List<String>>> before = contents();
        for (int i = random.nextInt(4); i >= 0; i--) {
          inShop(List.of(FollowedTables.change(random)));
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
      FollowedTables.Kind kind = of(KINDS, table.substring("shop.".length(), table.length() - 2));
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
      List<List<String>> before, List<List<String>> after, String table, FollowedTables.Kind kind) {
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
