package dev.freshet.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.app.engine.Subscriber;
import dev.freshet.app.testing.Eventually;
import dev.freshet.app.testing.FollowedTables;
import dev.freshet.app.testing.ServingProcess;
import dev.freshet.catalog.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
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
    run(FollowedTables.create());
    subscriber =
        new Subscriber(new TestDatabase("127.0.0.1", server.port(), "shop", CrashServer.SUPERUSER));
    for (Map.Entry<String, FollowedTables.Kind> kind : FollowedTables.kinds().entrySet()) {
      create(kind.getKey() + "_d", kind.getValue().query(), "DIFFERENTIAL");
      create(kind.getKey() + "_f", kind.getValue().query(), "FULL");
    }
    server.run(CrashServer.SUPERUSER, PAUSE);
  }

  private void create(String name, String query, String mode) throws SQLException {
    run(FollowedTables.publish(name, query, mode));
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
      run(List.of(FollowedTables.change(random)));
    }
    // So that there is something to refresh.
    server.run(CrashServer.USER, "UPDATE items SET label = label || '.' WHERE id % 7 = 1");
  }

  private void run(List<String> statements) throws SQLException {
    server.run(CrashServer.USER, statements.toArray(String[]::new));
  }

  private String seen(String query) throws SQLException {
    return server.rows(CrashServer.SUPERUSER, query);
  }
}
