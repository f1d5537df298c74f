package dev.freshet.catalog.surface;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objectives of freshness, and the tier that is chosen when they are set. */
class SlaTest {

  private final ShopDatabase database = ShopDatabase.create();
  private final Caller shop = database.shop();
  private final Caller superuser = database.superuser();

  private void create(String options) throws SQLException {
    shop.run(
        "SELECT freshet.create_stream_table('totals', 'SELECT region, amount FROM orders', %s)"
            .formatted(options));
  }

  private String objective() throws SQLException {
    return shop.rows("SELECT freshness_deadline_ms, refresh_tier FROM freshet.pgt_stream_tables");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1s         | 30 seconds | 30000 | cold
          3s         | 30 seconds | 30000 | cold
          3001ms     | 30 seconds | 30000 | warm
          15s        | 30 seconds | 30000 | warm
          16s        | 30 seconds | 30000 | hot
          1m         | 30 seconds | 30000 | hot
          calculated | 1 minute   | 60000 | cold
          calculated | 1500 ms    | 1500  | hot
          @hourly    | 1 minute   | 60000 | hot
          """)
  void theColdestTierThatHoldsItIsAssigned(String schedule, String sla, long ms, String tier)
      throws SQLException {
    create("schedule => '%s', sla => '%s'".formatted(schedule, sla));

    assertThat(objective()).isEqualTo(ms + " | " + tier);
  }

  @Test
  void whatARefreshTakesAndHowLongItWaitsCounts() throws SQLException {
    create("schedule => '3s'");
    superuser.run(
        """
        SELECT freshet.append('refresh:' || pgt_id, 'RefreshCompleted', jsonb_build_object('action', 'FULL',
            'refresh_reason', 'scheduled', 'start_time', clock_timestamp(), 'end_time', clock_timestamp(), 'duration_ms', 4000,
            'data_timestamp', now())) FROM freshet.definition\
        """);

    shop.run("SELECT freshet.set_stream_table_sla('totals', '30 s')");

    assertThat(objective()).isEqualTo("30000 | warm");
    assertThat(
            superuser.rows(
                "SELECT payload ->> 'duration_ms', (payload ->> 'wait_ms')::float > 0, (payload ->> 'gap_ms')::float > 10000"
                    + " FROM freshet.event WHERE type = 'SlaSet'"))
        .isEqualTo("4000 | t | t");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 s      | it is not positive
          -1 s     | it is not positive
          99 ms    | it is shorter than 100ms, the shortest that a schedule can be
          367 days | it is longer than 366 days
          """)
  void whatIsNoSlaIsRefused(String sla, String mistake) throws SQLException {
    create("schedule => '1s'");
    for (String command :
        new String[] {
          "create_stream_table('other', 'SELECT 1 AS x', sla => '%s')",
          "create_stream_table_if_not_exists('other', 'SELECT 1 AS x', sla => '%s')",
          "create_or_replace_stream_table('totals', 'SELECT 1 AS x', sla => '%s')",
          "alter_stream_table('totals', sla => '%s')",
          "set_stream_table_sla('totals', '%s')"
        }) {
      assertThat(shop.refused("SELECT freshet." + command.formatted(sla)).said())
          .startsWith("22023: invalid sla")
          .endsWith(mistake);
    }
    assertThat(objective()).isEqualTo("null | hot");
  }

  @Test
  void settingItAgainIsNoEventAndNullTakesItAway() throws SQLException {
    create("schedule => '1s', sla => '30 s'");
    String before = superuser.rows("SELECT count(*) FROM freshet.event");
    String epoch = superuser.rows("SELECT epoch FROM freshet.frontier");

    shop.run("SELECT freshet.set_stream_table_sla('totals', '30 s')");
    assertThat(superuser.rows("SELECT count(*) FROM freshet.event")).isEqualTo(before);
    shop.run("SELECT freshet.set_stream_table_sla('totals', '1500 ms')");
    assertThat(objective()).isEqualTo("1500 | hot");
    shop.run("SELECT freshet.set_stream_table_sla('totals', '30 s')");
    assertThat(objective()).isEqualTo("30000 | cold");
    shop.run("SELECT freshet.set_stream_table_sla('totals', NULL)");

    assertThat(objective()).isEqualTo("null | hot");
    // No refresh in flight fails for it.
    assertThat(superuser.rows("SELECT epoch FROM freshet.frontier")).isEqualTo(epoch);
  }

  @Test
  void aTierChosenByHandStays() throws SQLException {
    create("schedule => '10s', sla => '30 s', tier => 'cold'");
    assertThat(objective()).isEqualTo("30000 | cold");
    assertThat(shop.rows("SELECT tier_by_hand, detail FROM freshet.sla_status()"))
        .isEqualTo("t | It is INITIALIZING.");
    shop.run("SELECT freshet.set_stream_table_sla('totals', '1 minute')");
    assertThat(objective()).isEqualTo("60000 | cold");

    shop.run("SELECT freshet.alter_stream_table('totals', tier => 'auto')");
    assertThat(objective()).isEqualTo("60000 | warm");
    shop.run("SELECT freshet.alter_stream_table('totals', tier => 'hot')");
    shop.run("SELECT freshet.set_stream_table_sla('totals', '10 minutes')");
    assertThat(objective()).isEqualTo("600000 | hot");
  }

  @Test
  void itsStatusSaysNoMoreThanWasMeasured() throws SQLException {
    create("schedule => '1s', sla => '30 s'");
    superuser.run(
        "UPDATE freshet.condition SET status = 'ACTIVE', is_populated = true",
        "UPDATE freshet.frontier SET read_at = clock_timestamp()");
    assertThat(detail())
        .isEqualTo("Nothing has been measured yet; by its schedule alone its tier holds it.");

    superuser.run(
        """
        INSERT INTO freshet.freshness SELECT pgt_id, 0, 0, 3, false, 2000, '{}', '{}', 0, 10, 1, 1, 1, 1, 2000, 0, 1, 0, NULL, clock_timestamp()
        FROM freshet.definition\
        """);
    assertThat(detail()).isEqualTo("Its tier holds it.");
    superuser.run(
        "UPDATE freshet.frontier SET read_at = clock_timestamp() - interval '1 hour 90 s'");
    assertThat(detail()).matches("Its tier should hold it, but its content is 1 h [12] min old\\.");
    superuser.run("UPDATE freshet.freshness SET duration_ms = 124000");
    assertThat(detail()).isEqualTo("No tier holds it: at best its content gets 2 min 5 s old.");
  }

  private String detail() throws SQLException {
    return shop.rows("SELECT detail FROM freshet.sla_status()");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 ms",
    "350.4, 350 ms",
    "999.6, 1 s",
    "1500, 1.5 s",
    "59949, 59.9 s",
    "59950, 1 min",
    "125000, 2 min 5 s",
    "3599400, 59 min 59 s",
    "3599600, 1 h",
    "5400000, 1 h 30 min",
    "86399999, 1 d",
    "176400000, 2 d 1 h"
  })
  void durationsAreReadable(String ms, String text) throws SQLException {
    assertThat(shop.rows("SELECT freshet.duration_text(%s)".formatted(ms))).isEqualTo(text);
  }

  @Test
  void anotherScheduleMayWantAnotherTier() throws SQLException {
    create("schedule => '1s', sla => '30 s'");

    shop.run("SELECT freshet.alter_stream_table('totals', schedule => '10s')");
    assertThat(objective()).isEqualTo("30000 | warm");
    shop.run("SELECT freshet.alter_stream_table('totals', sla => '5 minutes')");
    assertThat(objective()).isEqualTo("300000 | cold");
  }

  @Test
  void replacingGivesWhatIsSaidAndNothingElse() throws SQLException {
    create("schedule => '1s', sla => '30 s'");
    String replace =
        "SELECT freshet.create_or_replace_stream_table('totals', 'SELECT region, amount FROM orders', %s)";
    String before = superuser.rows("SELECT count(*) FROM freshet.event");

    shop.run(replace.formatted("schedule => '1s', sla => '30 s'"));
    assertThat(superuser.rows("SELECT count(*) FROM freshet.event")).isEqualTo(before);
    shop.run(replace.formatted("schedule => '10s', sla => '30 s'"));
    assertThat(objective()).isEqualTo("30000 | warm");
    shop.run(replace.formatted("schedule => '10s'"));
    assertThat(objective()).isEqualTo("null | hot");
  }

  @Test
  void aCalculatedScheduleHasTheTightestObjectiveDownstream() throws SQLException {
    create("sla => '10 minutes'");
    shop.run(
        "SELECT freshet.create_stream_table('fresh', 'SELECT region FROM totals', '1s', sla => '5 s')",
        "SELECT freshet.create_stream_table('slow', 'SELECT region FROM totals', '1m', sla => '1 hour')");
    superuser.run(
        """
        INSERT INTO freshet.dependency (pgt_id, source_relid, source_type, columns_used, cdc_mode)
        SELECT d.pgt_id, u.relid, 'STREAM_TABLE', '{}', 'trigger' FROM freshet.definition d, freshet.definition u
        WHERE d.pgt_name IN ('fresh', 'slow') AND u.pgt_name = 'totals'\
        """);

    assertThat(
            superuser.rows(
                "SELECT pgt_name, freshet.objective_ms(pgt_id, freshness_deadline_ms)"
                    + " FROM freshet.definition JOIN freshet.objective USING (pgt_id) ORDER BY 1"))
        .isEqualTo("fresh | 5000\nslow | 3600000\ntotals | 5000");
  }

  @Test
  void theServiceMovesOnlyWhatNobodyHasMoved() throws SQLException {
    create("schedule => '1s', sla => '30 s'");
    String assign =
        "SELECT freshet.assign_tier(pgt_id, '%s', '%s', '{\"measured_ms\": 40000}') FROM freshet.definition";

    assertThat(superuser.rows(assign.formatted("hot", "warm"))).isEqualTo("f");
    assertThat(superuser.rows(assign.formatted("cold", "warm"))).isEqualTo("t");
    assertThat(objective()).isEqualTo("30000 | warm");
    assertThat(superuser.rows("SELECT payload FROM freshet.event WHERE type = 'TierAssigned'"))
        .isEqualTo("{\"tier\": \"warm\", \"measured_ms\": 40000, \"tier_before\": \"cold\"}");
    shop.run("SELECT freshet.alter_stream_table('totals', tier => 'warm')");
    assertThat(superuser.rows(assign.formatted("warm", "hot"))).isEqualTo("f");
  }

  @Test
  void onlyItsOwnerSetsIt() throws SQLException {
    create("schedule => '1s'");

    assertThat(
            database
                .alice()
                .refused("SELECT freshet.set_stream_table_sla('shop.totals', '1 s')")
                .state())
        .isEqualTo("42501");
    assertThat(shop.refused("SELECT freshet.set_stream_table_sla('nothing', '1 s')").state())
        .isEqualTo("42P01");
  }
}
