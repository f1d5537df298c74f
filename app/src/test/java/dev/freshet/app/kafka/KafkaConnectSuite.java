package dev.freshet.app.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.app.testing.FollowedTables;
import dev.freshet.app.testing.ServingProcess;
import dev.freshet.catalog.testing.InstalledDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tutorial; then its broker and its worker, by the connector's configuration that Freshet
 * returns, with other stream tables.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KafkaConnectSuite {

  private static final Logger LOG = Logger.getLogger(KafkaConnectSuite.class);
  private static final int ROUNDS = Integer.getInteger("freshet.kafka.rounds", 40);
  private static final int KILL_EVERY = 10;
  private static final int PINGS = 200;

  private final long seed = Long.getLong("freshet.kafka.seed", System.nanoTime());
  private final Random random = new Random(seed);

  /** By table and refresh: what the stream table was. */
  private final Map<String, Map<Long, List<String>>> expected = new HashMap<>();

  private long firstRefresh;

  @SuppressWarnings("NullAway.Init") // JUnit calls the method that does
  private Path directory;

  @SuppressWarnings("NullAway.Init") // JUnit calls the method that does
  private InstalledDatabase database;

  @SuppressWarnings("NullAway.Init") // JUnit calls the method that does
  private ServingProcess service;

  @SuppressWarnings("NullAway.Init") // JUnit calls the method that does
  private Tutorial tutorial;

  @BeforeAll
  void typeTheTutorialAlong(@TempDir Path temporary) throws Exception {
    directory = temporary;
    database = InstalledDatabase.create();
    database
        .admin()
        .run(
            "GRANT CREATE ON DATABASE %s TO %s"
                .formatted(database.admin().name(), database.user().user()));
    // As a server has it that is not only for tests: what is sent is what is written.
    database.set("synchronous_commit = on");
    service = ServingProcess.start(database.service().url());
    tutorial = new Tutorial(database, directory);
    tutorial.begin();
  }

  @AfterAll
  void stop() throws IOException {
    tutorial.close();
    service.close();
  }

  @Test
  @Order(1)
  void thePageShowsWhatComes() throws IOException {
    List<TopicRecord> records =
        Files.readAllLines(directory.resolve("records.txt")).stream()
            // Not the consumer's last words.
            .filter(line -> line.startsWith("{"))
            .map(line -> TopicRecord.of("CreateTime:0\t" + line))
            .toList();
    List<String> ops = new ArrayList<>();
    for (TopicRecord record : records) {
      ops.add(record.isMarker() ? "m" : record.key() + " " + record.op());
    }
    assertThat(ops)
        .containsSubsequence("{\"region\":\"EU\"} r", "{\"region\":\"EU\"} u", "m")
        .containsSubsequence(
            "{\"region\":\"US\"} r", "{\"region\":\"US\"} d", "{\"region\":\"US\"} ", "m");
    JsonNode marker =
        records.stream().filter(TopicRecord::isMarker).findFirst().orElseThrow().marker();
    assertThat(marker.get("rows_updated").asInt()).isEqualTo(1);
    assertThat(marker.get("rows_deleted").asInt()).isEqualTo(1);
  }

  @Test
  @Order(2)
  void aConsumerHasTheStreamTableAtEveryMarkerWhateverDies() throws Exception {
    createFollowedTables();
    String publication =
        value(
            "SELECT downstream_publication_name FROM freshet.pgt_stream_tables WHERE pgt_name = 'keyed_d'");
    tutorial.connect("shop.keyed_d", "followed", publication);
    firstRefresh =
        1 + Long.parseLong(value("SELECT max(refresh_id) FROM freshet.pgt_refresh_history"));
    for (int round = 0; round < ROUNDS; round++) {
      change(round);
      if (round % KILL_EVERY == KILL_EVERY / 2) {
        tutorial.killConnect();
        change(round);
        tutorial.restartConnect();
      }
    }
    fold(topic("shop.keyed_d"));
  }

  private void createFollowedTables() throws SQLException {
    run(FollowedTables.create());
    for (Map.Entry<String, FollowedTables.Kind> kind : FollowedTables.kinds().entrySet()) {
      for (String mode : List.of("DIFFERENTIAL", "FULL")) {
        String name = kind.getKey() + (mode.equals("FULL") ? "_f" : "_d");
        run(FollowedTables.publish(name, kind.getValue().query(), mode));
        database.admin().run("GRANT SELECT ON shop.%s TO follower".formatted(name));
        expected.put("shop." + name, new TreeMap<>());
      }
    }
  }

  /**
   * Some changes, in the middle of everything another query, and a refresh of each stream table.
   */
  private void change(int round) throws SQLException {
    for (int i = random.nextInt(4); i >= 0; i--) {
      run(FollowedTables.change(random));
    }
    if (round == ROUNDS / 3) {
      run(
          "SELECT freshet.alter_stream_table('shop.keyed_d', query => 'SELECT id, x, region, label FROM shop.items')",
          "SELECT freshet.alter_stream_table('shop.bag_f', query => 'SELECT x, region FROM shop.items WHERE x > 1')");
    }
    for (String table : expected.keySet()) {
      if (round < ROUNDS - 1 && random.nextBoolean()) {
        continue;
      }
      run("CALL freshet.refresh_stream_table('%s', '60 s')".formatted(table));
      long refresh =
          Long.parseLong(
              value(
                  """
                  SELECT max(h.refresh_id) FROM freshet.pgt_refresh_history AS h JOIN freshet.pgt_stream_tables AS t USING (pgt_id)
                  WHERE t.pgt_relid = '%s'::regclass AND h.status = 'COMPLETED'\
                  """
                      .formatted(table)));
      // Where there was nothing to do it is an earlier one, which may not have been followed.
      if (refresh >= firstRefresh) {
        of(expected, table).put(refresh, contents(table));
      }
    }
  }

  /** Reads the topic until every refresh that was made has been seen. */
  private void fold(String topic) throws Exception {
    Map<String, FoldedTable> tables = new HashMap<>();
    Map<String, Set<Long>> missing = new HashMap<>();
    expected.forEach((table, refreshes) -> {
      tables.put(table, new FoldedTable());
      missing.put(table, new HashSet<>(refreshes.keySet()));
    });
    int compared = 0;
    try (TopicReader reader = new TopicReader(tutorial.consumer(topic))) {
      while (missing.values().stream().anyMatch(left -> !left.isEmpty())) {
        TopicRecord record = reader.next();
        if (record.isTombstone()) {
          continue;
        }
        FoldedTable table = of(tables, record.table());
        if (!record.isMarker()) {
          table.gather(record);
          continue;
        }
        long refresh = record.marker().get("refresh_id").asLong();
        List<String> was = of(expected, record.table()).get(refresh);
        if (table.apply(refresh) && was != null) {
          assertThat(table.rows())
              .as("%s at refresh %d, seed %d", record.table(), refresh, seed)
              .isEqualTo(was);
          of(missing, record.table()).remove(refresh);
          compared++;
        }
      }
    }
    int replayed = tables.values().stream().mapToInt(FoldedTable::replayed).sum();
    LOG.infof("%d markers compared, %d refreshes came again, seed %d", compared, replayed, seed);
  }

  @Test
  @Order(3)
  void measureLatency() throws Exception {
    run("CREATE TABLE shop.pings (id int PRIMARY KEY)");
    for (String schedule : List.of("1s", "100ms")) {
      String name = "pings_" + schedule;
      run(
          "SELECT freshet.create_stream_table('shop.%s', 'SELECT id FROM shop.pings', '%s')"
              .formatted(name, schedule),
          "CALL freshet.wait_for_stream_table('shop.%s')".formatted(name),
          "SELECT freshet.stream_table_to_publication('shop.%s', (SELECT min(downstream_publication_name) FROM freshet.pgt_stream_tables WHERE pgt_name LIKE 'pings%%'))"
              .formatted(name));
      database.admin().run("GRANT SELECT ON shop.%s TO follower".formatted(name));
    }
    tutorial.connect(
        "shop.pings_1s",
        "pings",
        value(
            "SELECT downstream_publication_name FROM freshet.pgt_stream_tables WHERE pgt_name = 'pings_1s'"));
    long[] committed = new long[PINGS + 1];
    try (Connection connection = database.user().connect();
        var statement = connection.createStatement()) {
      for (int ping = 1; ping <= PINGS; ping++) {
        statement.execute("INSERT INTO shop.pings VALUES (%d)".formatted(ping));
        committed[ping] = System.currentTimeMillis();
        statement.execute("SELECT pg_sleep(0.3 * random())");
      }
    }
    Map<String, List<Long>> latencies = new TreeMap<>();
    try (TopicReader reader = new TopicReader(tutorial.consumer(topic("shop.pings_1s")))) {
      for (int left = 2 * PINGS; left > 0; ) {
        TopicRecord record = reader.next();
        if (record.op().equals("r")) {
          // The connector was copying the table yet.
          left--;
        } else if (record.op().equals("c")) {
          int ping = record.value().at("/after/id").asInt();
          latencies
              .computeIfAbsent(record.table(), ignored -> new ArrayList<>())
              .add(record.at() - committed[ping]);
          left--;
        }
      }
    }
    latencies.forEach((table, millis) -> {
      long[] sorted = millis.stream().mapToLong(Long::longValue).sorted().toArray();
      LOG.infof(
          "from commit to record, %s: p50 %d ms, p99 %d ms, %d rows",
          table, sorted[sorted.length / 2], sorted[sorted.length * 99 / 100], sorted.length);
    });
    assertThat(latencies.values()).allMatch(millis -> millis.size() > PINGS / 2);
  }

  @Test
  @Order(4)
  void atTheEndNothingIsLeft() throws Exception {
    tutorial.end();
    assertThat(
            value("SELECT count(*) FROM pg_publication WHERE pubname = 'freshet_shop_by_region'"))
        .isEqualTo("0");
    assertThat(
            database
                .admin()
                .value(
                    "SELECT count(*) FROM pg_replication_slots WHERE slot_name = 'freshet_shop_by_region'"))
        .isEqualTo("0");
  }

  private String topic(String streamTable) throws SQLException {
    return value(
        "SELECT freshet.stream_table_connector_config('%s') ->> 'transforms.together.replacement'"
            .formatted(streamTable));
  }

  private List<String> contents(String table) throws SQLException {
    try (Connection connection = database.user().connect();
        var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
      List<String> contents = new ArrayList<>();
      while (rows.next()) {
        Map<String, String> cells = new TreeMap<>();
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
          cells.put(
              rows.getMetaData().getColumnLabel(column), String.valueOf(rows.getString(column)));
        }
        contents.add(cells.toString());
      }
      return contents.stream().sorted().toList();
    }
  }

  private static <T> T of(Map<String, T> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  private void run(String... statements) throws SQLException {
    run(List.of(statements));
  }

  private void run(List<String> statements) throws SQLException {
    List<String> all = new ArrayList<>(List.of("SET search_path = shop"));
    all.addAll(statements);
    database.user().run(all.toArray(String[]::new));
  }

  private String value(String query) throws SQLException {
    return database.user().value(query);
  }
}
