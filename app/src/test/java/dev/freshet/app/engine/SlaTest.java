package dev.freshet.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.testing.InstalledDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A stream table with a schedule of 100 ms and an SLA of three seconds, which the coldest tier
 * holds as long as the ticks come in time.
 */
class SlaTest {

  private static final String TIER = "SELECT refresh_tier FROM freshet.pgt_stream_tables";

  private InstalledDatabase database;
  private RunningEngine engine;

  @BeforeEach
  void create() throws SQLException {
    database = InstalledDatabase.create();
    engine = new RunningEngine(database);
    engine.run(
        "SET search_path = shop",
        "CREATE TABLE t (id int PRIMARY KEY, x int NOT NULL)",
        "INSERT INTO t SELECT g, g % 10 FROM generate_series(1, 100) g",
        "SELECT freshet.create_stream_table('s', 'SELECT x, count(*) AS n FROM t GROUP BY x', '100ms', sla => '3 s')");
    engine.await("s");
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void isPromotedUnderLoadAndDemotedWhenItGoes() throws SQLException {
    assertThat(engine.seen(TIER)).isEqualTo("cold");
    BlockingQueue<String> alerts = engine.alerts();

    engine.delayTicks(Duration.ofMillis(2500));
    engine.awaitSeen(TIER, "warm");
    assertThat(
            engine.seen(
                """
                SELECT payload ->> 'tier_before', (payload ->> 'measured_ms')::float > 3000, payload ->> 'freshness_deadline_ms'
                FROM freshet.event WHERE type = 'TierAssigned' ORDER BY event_id LIMIT 1\
                """))
        .isEqualTo("cold | t | 3000");
    assertThat(alerts).anyMatch(alert -> alert.contains("tier_assigned"));
    engine.delayTicks(Duration.ZERO);
    engine.awaitSeen(TIER, "cold");

    assertThat(
            engine.seen(
                "SELECT sla_met_ratio > 0 AND sla_met_ratio < 1 FROM freshet.pg_stat_stream_tables"))
        .isEqualTo("t");
    assertThat(engine.failures()).isEqualTo("0");
  }

  @Test
  void aRefreshSaysByWhenItHadToBeDone() throws SQLException {
    engine.run("INSERT INTO shop.t VALUES (1000, 1)");

    engine.awaitSeen(
        """
        SELECT freshness_deadline > start_time AND freshness_deadline < start_time + interval '3 s'
        FROM freshet.pgt_refresh_history WHERE action = 'DIFFERENTIAL'\
        """,
        "t");
  }

  @Test
  void whatWasMeasuredSurvivesARestart() throws SQLException {
    engine.awaitSeen("SELECT spare > 3 FROM freshet.freshness", "t");
    engine.close();
    engine = new RunningEngine(database);

    engine.awaitSeen("SELECT spare > 10 FROM freshet.freshness", "t");
    assertThat(
            engine.rows(
                "SELECT stream_table, sla, tier, tier_by_hand, met, sla_met_ratio, detail FROM freshet.sla_status()"))
        .isEqualTo("shop.s | 00:00:03 | cold | f | t | 1 | Its tier holds it.");
  }
}
