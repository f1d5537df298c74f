package dev.freshet.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.app.testing.Eventually;
import dev.freshet.app.testing.Network;
import dev.freshet.app.testing.ServingProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A service, its network and its server, with stream tables that are refreshed as soon as their
 * sources change; and one death at a time, in the middle of a refresh.
 */
final class Failpoints implements AutoCloseable {

  /** Their triggers are the superuser's, whose code the service trusts. */
  private static final String TRIGGERS =
      """
      CREATE SCHEMA failpoint;
      CREATE TABLE failpoint.armed (phase text);
      CREATE FUNCTION failpoint.pause() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
      BEGIN
          IF EXISTS (SELECT FROM failpoint.armed WHERE phase = TG_ARGV[0])
             AND current_setting('application_name') LIKE 'freshet worker%' THEN
              PERFORM pg_sleep(3600);
          END IF;
          RETURN NEW;
      END $$;
      CREATE TRIGGER applying AFTER INSERT OR UPDATE ON public.alone
          FOR EACH ROW EXECUTE FUNCTION failpoint.pause('APPLYING');
      CREATE TRIGGER applying AFTER INSERT OR UPDATE ON public.bottom
          FOR EACH ROW EXECUTE FUNCTION failpoint.pause('APPLYING');
      CREATE TRIGGER applied BEFORE UPDATE ON freshet.frontier
          FOR EACH ROW EXECUTE FUNCTION failpoint.pause('APPLIED');
      CREATE TRIGGER frontier_written BEFORE INSERT ON freshet.event
          FOR EACH ROW WHEN (NEW.type = 'RefreshCompleted') EXECUTE FUNCTION failpoint.pause('FRONTIER_WRITTEN');
      CREATE CONSTRAINT TRIGGER committing AFTER INSERT ON freshet.event DEFERRABLE INITIALLY DEFERRED
          FOR EACH ROW WHEN (NEW.type = 'RefreshCompleted') EXECUTE FUNCTION failpoint.pause('COMMITTING');\
      """;

  private static final String PAUSED =
      """
      SELECT coalesce(min(pid), 0) FROM pg_stat_activity
      WHERE wait_event = 'PgSleep' AND application_name LIKE 'freshet worker%'\
      """;

  /** Whatever a worker could have left behind; the locks of commands are shared. */
  static final String LEFT_BEHIND =
      """
      SELECT (SELECT count(*) FROM pg_stat_activity
              WHERE application_name LIKE 'freshet worker%' AND state <> 'idle')
           + (SELECT count(*) FROM pg_locks
              WHERE locktype = 'advisory' AND classid = 1718775923 AND objid > 0 AND mode = 'ExclusiveLock')
           + (SELECT count(*) FROM pg_locks WHERE relation = 'freshet.lease'::regclass AND mode = 'RowShareLock')
           + (SELECT count(*) FROM pg_prepared_xacts)
           + (SELECT count(*) FROM pg_ls_dir('pg_snapshots'))\
      """;

  private final CrashServer server;
  private final Network network;
  private ServingProcess service;
  private int rows;

  Failpoints(Path directory) throws Exception {
    server = new CrashServer(directory);
    network = new Network(server.port());
    server.run(CrashServer.SUPERUSER, "GRANT USAGE, CREATE ON SCHEMA public TO shop, freshet");
    service = serve();
    server.run(
        CrashServer.USER,
        "CREATE TABLE t (id int PRIMARY KEY, region text NOT NULL)",
        "CREATE TABLE u (id int PRIMARY KEY, region text NOT NULL)",
        "SELECT freshet.create_stream_table('alone', 'SELECT region, count(*) AS n FROM u GROUP BY region', '100ms')",
        "SELECT freshet.create_stream_table('top', 'SELECT region, count(*) AS n FROM t GROUP BY region', '1h')",
        "SELECT freshet.create_stream_table('bottom', 'SELECT sum(n) AS n FROM top', '100ms')",
        "CALL freshet.wait_for_stream_table('alone')",
        "CALL freshet.wait_for_stream_table('bottom')");
    server.run(CrashServer.SUPERUSER, TRIGGERS);
    for (Phase.Kind kind : Phase.Kind.values()) {
      // Until they are refreshed as the time before.
      for (int i = 0; i < 4; i++) {
        insert(kind);
        awaitFresh(kind);
      }
    }
  }

  private ServingProcess serve() throws InterruptedException {
    return ServingProcess.start(CrashServer.serviceUrl(network.port()));
  }

  /** One death, and everything that must be so afterwards. */
  void die(Phase.Kind kind, Phase phase, Fault fault) throws Exception {
    String before = content(kind);
    String last = seen("SELECT max(event_id) FROM freshet.event");
    Optional<Network.Point> point = phase.point(kind);
    if (point.isPresent()) {
      network.holdNext(point.get());
    } else {
      seen("INSERT INTO failpoint.armed VALUES ('%s') RETURNING phase".formatted(phase));
    }
    insert(kind);
    Optional<Network.Held> held = Optional.empty();
    int backend;
    if (point.isPresent()) {
      Network.Held found = network.awaitHeld();
      held = Optional.of(found);
      backend = found.backend();
      awaitQuiet(backend);
    } else {
      backend = Integer.parseInt(Eventually.see(() -> seen(PAUSED), pid -> !pid.equals("0")));
      server.run(CrashServer.SUPERUSER, "DELETE FROM failpoint.armed");
    }

    strike(fault, backend, held);

    assertThat(content(kind)).isIn(before, expected(kind));
    awaitFresh(kind);
    assertThat(
            server.rows(
                CrashServer.USER,
                "CALL freshet.verify_stream_table('%s')".formatted(kind.streamTable())))
        .isEqualTo("0 | 0");
    if (phase == Phase.COMMITTED) {
      assertThat(outcomes(kind, last)).doesNotContain("ERROR").startsWith("COMPLETED");
    } else {
      assertThat(outcomes(kind, last)).containsPattern("(?m)^ERROR (57P01|08006|FR005) t");
    }
    Eventually.see(() -> seen(LEFT_BEHIND), "0"::equals);
  }

  private void strike(Fault fault, int backend, Optional<Network.Held> held) throws Exception {
    switch (fault) {
      case BACKEND_TERMINATED -> {
        server.run(CrashServer.SERVICE, "SELECT pg_terminate_backend(%d, 5000)".formatted(backend));
        held.ifPresent(Network.Held::release);
      }
      case CONNECTION_CUT -> held.ifPresentOrElse(Network.Held::cut, () -> network.cut(backend));
      case PROCESS_KILLED -> {
        Heartbeat.awaitOneWithARefresh(this::seen);
        service.process().kill();
        held.ifPresent(Network.Held::cut);
        service.close();
        service = serve();
      }
      case SERVER_RESTARTED -> {
        server.restart();
        held.ifPresent(Network.Held::release);
      }
    }
  }

  /** What came of it after an event: status, code, and whether there is a message. */
  private String outcomes(Phase.Kind kind, String after) throws SQLException {
    return seen(
        """
        SELECT status || coalesce(' ' || error_code || ' ' || (error_message <> '')::text, '')
        FROM freshet.refresh_history h JOIN freshet.definition d USING (pgt_id)
        WHERE refresh_id > %s AND pgt_name IN (%s) AND status <> 'SKIPPED' ORDER BY refresh_id\
        """
            .formatted(after, kind == Phase.Kind.COMPONENT ? "'top', 'bottom'" : "'alone'"));
  }

  private void insert(Phase.Kind kind) throws SQLException {
    rows++;
    server.run(CrashServer.USER, "INSERT INTO %s VALUES (%d, 'EU')".formatted(kind.source(), rows));
  }

  private String content(Phase.Kind kind) throws SQLException {
    return seen("SELECT n FROM public." + kind.streamTable());
  }

  private String expected(Phase.Kind kind) throws SQLException {
    return seen("SELECT count(*) FROM public." + kind.source());
  }

  private void awaitFresh(Phase.Kind kind) throws Exception {
    String expected = expected(kind);
    Eventually.see(() -> content(kind), expected::equals);
  }

  /** The server has done all that was sent to it. */
  private void awaitQuiet(int backend) throws Exception {
    Eventually.see(
        () ->
            seen(
                "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND pid = "
                    + backend),
        "0"::equals);
  }

  private String seen(String query) throws SQLException {
    return server.rows(CrashServer.SUPERUSER, query);
  }

  @Override
  public void close() throws IOException {
    service.close();
    network.close();
    server.close();
  }
}
