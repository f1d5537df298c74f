package dev.freshet.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.app.engine.Subscriber;
import dev.freshet.app.testing.Eventually;
import dev.freshet.app.testing.ServingProcess;
import dev.freshet.catalog.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A subscriber on another server through hundreds of refreshes of both modes, while the service
 * dies in the middle of some, and the publisher ends or crashes and comes back.
 */
class SubscriberSuite {

  private static final Logger LOG = Logger.getLogger(SubscriberSuite.class);
  private static final int ROUNDS = Integer.getInteger("freshet.subscriber.rounds", 60);

  /** What happens in which round of ten. */
  private static final int SERVICE_DIES = 3;

  private static final int SERVER_RESTARTS = 5;
  private static final int SERVER_CRASHES = 7;
  private static final int REPAIR = 9;
  private static final int CYCLE = 10;

  private static final Map<String, String> QUERIES = new LinkedHashMap<>();

  static {
    QUERIES.put("keyed", "SELECT id, x, label FROM items");
    QUERIES.put("composite", "SELECT a, b, sum(v) AS v, count(*) AS n FROM parts GROUP BY a, b");
    QUERIES.put("nullable", "SELECT region, count(*) AS n, max(x) AS x FROM items GROUP BY region");
    QUERIES.put("bag", "SELECT x, region FROM items");
    QUERIES.put("total", "SELECT count(*) AS n, sum(x) AS x FROM items");
    QUERIES.put(
        "joined",
        "SELECT i.id, i.x, r.name FROM items AS i LEFT JOIN regions AS r ON r.code = i.region");
  }

  /** A refresh sleeps with all of its rows written, while there is a row in the table. */
  private static final String PAUSE =
      """
      CREATE TABLE public.paused (now boolean);
      CREATE FUNCTION public.pause() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
      BEGIN
          IF EXISTS (SELECT FROM public.paused) AND current_setting('application_name') LIKE 'freshet worker%' THEN
              PERFORM pg_sleep(3600);
          END IF;
          RETURN NEW;
      END $$;
      CREATE TRIGGER paused BEFORE UPDATE ON freshet.frontier FOR EACH ROW EXECUTE FUNCTION public.pause()\
      """;

  private static final String ASLEEP =
      """
      SELECT count(*) FROM pg_stat_activity
      WHERE wait_event = 'PgSleep' AND application_name LIKE 'freshet worker%'\
      """;

  private final long seed = Long.getLong("freshet.subscriber.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final List<String> tables = new ArrayList<>();

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path directory;

  @SuppressWarnings("NullAway.Init") // set before each
  private CrashServer server;

  @SuppressWarnings("NullAway.Init") // set before each
  private ServingProcess service;

  @SuppressWarnings("NullAway.Init") // set before each
  private Subscriber subscriber;

  private int refreshes;

  @BeforeEach
  void start() throws Exception {
    server = new CrashServer(directory);
    server.run(
        CrashServer.SUPERUSER,
        "GRANT USAGE, CREATE ON SCHEMA public TO shop, freshet",
        "GRANT CREATE ON DATABASE shop TO shop, freshet");
    service = ServingProcess.start(CrashServer.serviceUrl(server.port()));
    server.run(
        CrashServer.USER,
        "CREATE TABLE items (id int PRIMARY KEY, x int, region text, label text)",
        "CREATE TABLE parts (a int NOT NULL, b text NOT NULL, v int)",
        "CREATE TABLE regions (code text PRIMARY KEY, name text NOT NULL)",
        "INSERT INTO regions SELECT 'r' || n, 'Region ' || n FROM generate_series(0, 3) AS n",
        "INSERT INTO items SELECT n, n % 5, 'r' || n % 4, 'item ' || n FROM generate_series(1, 30) AS n",
        "INSERT INTO parts SELECT n % 4, 'p' || n % 3, n FROM generate_series(1, 30) AS n");
    subscriber =
        new Subscriber(new TestDatabase("127.0.0.1", server.port(), "shop", CrashServer.SUPERUSER));
    for (Map.Entry<String, String> query : QUERIES.entrySet()) {
      create(query.getKey() + "_d", query.getValue(), "DIFFERENTIAL");
      create(query.getKey() + "_f", query.getValue(), "FULL");
    }
    server.run(CrashServer.SUPERUSER, PAUSE);
  }

  private void create(String name, String query, String mode) throws SQLException {
    server.run(
        CrashServer.USER,
        "SELECT freshet.create_stream_table('%s', '%s', '1h', '%s')".formatted(name, query, mode),
        "CALL freshet.wait_for_stream_table('%s')".formatted(name),
        "SELECT freshet.stream_table_to_publication('%s', (SELECT min(downstream_publication_name) FROM freshet.pgt_stream_tables))"
            .formatted(name));
    tables.add("public." + name);
    subscriber.like("public." + name);
  }

  @AfterEach
  void stop() throws SQLException {
    service.close();
    subscriber.close();
    server.close();
  }

  @Test
  void theSubscriberHasWhatTheStreamTablesHaveWhateverDies() throws Exception {
    LOG.infof("-Dfreshet.subscriber.seed=%d", seed);
    subscriber.follow(seen("SELECT pubname FROM pg_publication"));
    for (int round = 0; round < ROUNDS; round++) {
      change();
      switch (round % CYCLE) {
        case SERVICE_DIES -> dieInTheMiddle();
        case SERVER_RESTARTS -> server.restart();
        case SERVER_CRASHES -> server.crash();
        case REPAIR ->
            server.run(CrashServer.USER, "SELECT freshet.repair_stream_table('joined_d')");
        default -> {
          // An ordinary round.
        }
      }
      if (round == ROUNDS / 2) {
        server.run(
            CrashServer.USER,
            "SELECT freshet.alter_stream_table('keyed_d', query => 'SELECT id, x + 1 AS x, label FROM items')");
      }
      refresh(round == ROUNDS - 1);
    }
    for (String table : tables) {
      server.run(CrashServer.USER, "SELECT freshet.drop_stream_table('%s')".formatted(table));
    }
    assertThat(seen("SELECT count(*) FROM pg_publication")).isEqualTo("0");
    LOG.infof("%d refreshes followed", refreshes);
  }

  /** Some stream tables, or all, and the subscriber has what they have. */
  private void refresh(boolean all) throws Exception {
    for (String table : tables) {
      if (all || random.nextBoolean()) {
        // The service may be on its way back yet.
        server.run(
            CrashServer.USER, "CALL freshet.refresh_stream_table('%s', '90 s')".formatted(table));
        refreshes++;
      }
    }
    for (String table : tables) {
      subscriber.requireSame(table);
    }
  }

  private void dieInTheMiddle() throws Exception {
    seen("INSERT INTO public.paused VALUES (true) RETURNING now");
    server.run(CrashServer.USER, "SELECT freshet.request_refresh('keyed_d')");
    Eventually.see(() -> seen(ASLEEP), asleep -> !asleep.equals("0"));
    service.process().kill();
    server.run(CrashServer.SUPERUSER, "DELETE FROM public.paused");
    service.close();
    service = ServingProcess.start(CrashServer.serviceUrl(server.port()));
  }

  private void change() throws SQLException {
    for (int i = random.nextInt(4); i >= 0; i--) {
      int id = 1 + random.nextInt(40);
      String region = random.nextInt(5) == 0 ? "NULL" : "'r" + random.nextInt(6) + "'";
      server.run(
          CrashServer.USER,
          switch (random.nextInt(8)) {
            case 0, 1 ->
                "INSERT INTO items VALUES (%d, %d, %s, 'new') ON CONFLICT (id) DO UPDATE SET x = excluded.x"
                    .formatted(id, random.nextInt(5), region);
            case 2 -> "UPDATE items SET region = %s WHERE id = %d".formatted(region, id);
            case 3 -> "DELETE FROM items WHERE id = " + id;
            case 4 ->
                "UPDATE items SET id = id + 100 WHERE id = %d AND NOT EXISTS (SELECT FROM items WHERE id = %d)"
                    .formatted(id, id + 100);
            case 5 ->
                "INSERT INTO parts VALUES (%d, 'p%d', %d)"
                    .formatted(random.nextInt(5), random.nextInt(4), id);
            case 6 ->
                "DELETE FROM parts WHERE a = %d AND b = 'p%d'"
                    .formatted(random.nextInt(5), random.nextInt(4));
            default -> "UPDATE regions SET name = name || '.' WHERE code = " + region;
          });
    }
    // So that there is something to refresh.
    server.run(CrashServer.USER, "UPDATE items SET label = label || '.' WHERE id % 7 = 1");
  }

  private String seen(String query) throws SQLException {
    return server.rows(CrashServer.SUPERUSER, query);
  }
}
