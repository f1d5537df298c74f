package dev.freshet.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.app.testing.Eventually;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two services under load, with a death every few seconds, for as long as {@code
 * -Dfreshet.soak.minutes} says; then everything is exact, and nothing has grown.
 */
class SoakSuite {

  private static final Logger LOG = Logger.getLogger(SoakSuite.class);
  private static final Duration LENGTH =
      Duration.ofSeconds(
          Math.round(60 * Double.parseDouble(System.getProperty("freshet.soak.minutes", "30"))));
  private static final long SEED = Long.getLong("freshet.soak.seed", System.nanoTime());
  private static final long BUFFER_BYTES_MAX = 4L << 20;
  private static final long LEASE_BYTES_MAX = 64L << 10;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path directory;

  @Test
  void afterManyDeathsEverythingIsExactAndNothingHasGrown() throws Exception {
    LOG.infof("soak of %s, -Dfreshet.soak.seed=%d", LENGTH, SEED);
    SplittableRandom random = new SplittableRandom(SEED);
    Map<SoakKiller.Death, Integer> deaths = new EnumMap<>(SoakKiller.Death.class);
    try (CrashServer server = new CrashServer(directory)) {
      server.run(CrashServer.SUPERUSER, "GRANT USAGE, CREATE ON SCHEMA public TO shop, freshet");
      try (SoakKiller killer = new SoakKiller(server, random.split())) {
        try (SoakWorkload load = new SoakWorkload(server)) {
          for (String table : SoakWorkload.STREAM_TABLES) {
            server.run(
                CrashServer.USER, "CALL freshet.wait_for_stream_table('%s')".formatted(table));
          }
          load.start(random.split());
          long end = System.nanoTime() + LENGTH.toNanos();
          while (System.nanoTime() < end) {
            killer.pause();
            SoakKiller.Death death = killer.strike();
            deaths.merge(death, 1, Integer::sum);
            LOG.infof("%s; %d transactions", death, load.committed());
          }
        }
        assertExact(server);
        assertNothingHasGrown(server);
        LOG.infof(
            "deaths %s; %s",
            deaths,
            server
                .rows(
                    CrashServer.SUPERUSER,
                    "SELECT status, count(*) FROM freshet.refresh_history GROUP BY status ORDER BY 1")
                .replace('\n', ','));
      }
    }
  }

  private static void assertExact(CrashServer server) throws Exception {
    for (String table : SoakWorkload.STREAM_TABLES) {
      Eventually.see(() -> verified(server, table), "0 | 0"::equals);
    }
    Eventually.see(
        () -> server.rows(CrashServer.SUPERUSER, "SELECT DISTINCT status FROM freshet.condition"),
        "ACTIVE"::equals);
  }

  /** It may be that its service is still on its way. */
  private static String verified(CrashServer server, String table) {
    try {
      return server.rows(
          CrashServer.USER, "CALL freshet.verify_stream_table('%s')".formatted(table));
    } catch (SQLException notYet) {
      return String.valueOf(notYet.getMessage());
    }
  }

  private static void assertNothingHasGrown(CrashServer server) throws Exception {
    Eventually.see(
        () -> number(server, "SELECT coalesce(sum(bytes), 0) FROM freshet.change_buffer_sizes()"),
        bytes -> bytes < BUFFER_BYTES_MAX);
    // Retries and takeovers have written no outcome twice.
    assertThat(
            server.rows(
                CrashServer.SUPERUSER,
                """
                SELECT pgt_id, tick_id FROM freshet.refresh_history WHERE status = 'COMPLETED' AND tick_id > 0
                GROUP BY pgt_id, tick_id HAVING count(*) > 1\
                """))
        .isEmpty();
    assertThat(
            server.rows(
                CrashServer.SUPERUSER,
                """
                SELECT sum(total_refreshes) - (SELECT count(*) FROM freshet.refresh_history WHERE status <> 'SKIPPED')
                FROM freshet.condition\
                """))
        .isEqualTo("0");
    for (String table :
        server
            .rows(
                CrashServer.SUPERUSER,
                "SELECT c.oid::regclass FROM pg_class c WHERE c.relnamespace = 'freshet_state'::regnamespace AND c.relkind = 'r'")
            .lines()
            .toList()) {
      assertThat(number(server, "SELECT count(*) FROM " + table))
          .as(table)
          .isLessThanOrEqualTo(
              number(
                  server,
                  "SELECT (SELECT count(*) FROM orders) + (SELECT count(*) FROM customers)"));
    }
    assertThat(number(server, "SELECT pg_relation_size('freshet.lease')"))
        .isLessThan(LEASE_BYTES_MAX);
    Eventually.see(
        () ->
            server.rows(
                CrashServer.SUPERUSER,
                """
                SELECT count(DISTINCT right(application_name, 8)) FROM pg_stat_activity
                WHERE application_name ~ '^freshet .* [0-9a-f]{8}$'\
                """),
        "2"::equals);
    Eventually.see(() -> server.rows(CrashServer.SUPERUSER, Failpoints.LEFT_BEHIND), "0"::equals);
  }

  private static long number(CrashServer server, String query) throws SQLException {
    return Long.parseLong(server.rows(CrashServer.SUPERUSER, query));
  }
}
