package dev.freshet.catalog.surface;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

  private static final ShopDatabase DATABASE = ShopDatabase.create();
  private final Caller shop = DATABASE.shop();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "100ms",
        "30s",
        "5m",
        "1h30m",
        "1d",
        "2d3h4m5s6ms",
        "90m",
        "calculated",
        "@hourly",
        "@daily",
        "@weekly",
        "* * * * *",
        "*/5 * * * *",
        "0 6 * * mon-fri",
        "0,30 8-18/2 1 jan,jul *",
        "15 3 31 * sun",
        "0 0 29 2 *",
        "0 0 31 2 1"
      })
  void schedules(String schedule) throws SQLException {
    assertThat(shop.rows("SELECT freshet.check_schedule('%s')".formatted(schedule)))
        .isEqualTo(schedule);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          50ms            | it is shorter than 100ms, the shortest that a schedule can be
          0s              | it is shorter than 100ms, the shortest that a schedule can be
          400d            | it is longer than 366 days
          5 minutes       | it is neither a duration nor a cron expression
          30              | it is neither a duration nor a cron expression
          s30             | it is neither a duration nor a cron expression
          5s1m            | it is neither a duration nor a cron expression
          -5s             | it is neither a duration nor a cron expression
          1.5s            | it is neither a duration nor a cron expression
          @noon           | it is neither a duration nor a cron expression
          * * * *         | it is neither a duration nor a cron expression
          61 * * * *      | the minute "61" is not within 0-59
          */0 * * * *     | the minute "*/0" is not within 0-59
          5/10 * * * *    | the minute "5/10" is not within 0-59
          0 20-4 * * *    | the hour "20-4" is not within 0-23
          0 0 0 * *       | the day of the month "0" is not within 1-31
          0 0 1 foo *     | the month "foo" is not within 1-12 or jan-dec
          0 0 * * 8       | the day of the week "8" is not within 0-7 or sun-sat
          0 0 31 2,4,6 *  | it names a day that none of its months has, and would never fire
          """)
  void schedulesThatAreNone(String schedule, String mistake) throws SQLException {
    assertThat(
            shop.refused(
                    "SELECT freshet.create_stream_table('x', 'SELECT 1 AS a', schedule => '%s')"
                        .formatted(schedule))
                .said())
        .isEqualTo("22023: invalid schedule \"%s\": %s".formatted(schedule, mistake));
  }

  @Test
  void valuesAreCheckedAndNormalised() throws SQLException {
    shop.run(
        "SELECT freshet.create_stream_table('normal', 'SELECT 1 AS a', refresh_mode => 'full', tier => 'COLD',"
            + " cdc_mode => 'Trigger', diamond_consistency => 'Atomic', initialize => false, append_only => true)");

    assertThat(
            DATABASE
                .superuser()
                .rows(
                    "SELECT refresh_mode, tier, cdc_mode, diamond_consistency, initialize, append_only FROM freshet.definition WHERE pgt_name = 'normal'"))
        .isEqualTo("FULL | cold | trigger | atomic | f | t");
    assertThat(refused("refresh_mode => 'fast'")).isEqualTo("22023: invalid refresh_mode \"fast\"");
    assertThat(refused("tier => 'lukewarm'")).isEqualTo("22023: invalid tier \"lukewarm\"");
    assertThat(
            shop.refused("SELECT freshet.create_stream_table('x', 'SELECT 1 AS a', tier => ' ')")
                .hint())
        .isEqualTo("Write hot, warm, cold or frozen; with auto it follows from the SLA.");
    assertThat(refused("cdc_mode => 'x'")).isEqualTo("22023: invalid cdc_mode \"x\"");
    assertThat(refused("diamond_consistency => 'x'"))
        .isEqualTo("22023: invalid diamond_consistency \"x\"");
  }

  @Test
  void laterReleasesAreNamed() throws SQLException {
    assertThat(refused("refresh_mode => 'IMMEDIATE'"))
        .isEqualTo("0A000: refresh_mode IMMEDIATE is not in this release");
    assertThat(refused("cdc_mode => 'wal'"))
        .isEqualTo("0A000: cdc_mode wal is not in this release");
  }

  private String refused(String option) throws SQLException {
    return shop.refused(
            "SELECT freshet.create_stream_table('x', 'SELECT 1 AS a', %s)".formatted(option))
        .said();
  }
}
