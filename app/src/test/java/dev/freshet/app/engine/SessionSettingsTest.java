package dev.freshet.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a query shows depends on settings of the session: those of its creator count, in every
 * refresh and whoever writes.
 */
class SessionSettingsTest {

  private static final String SHOWN = "SELECT d, i, b, f, x, t, w FROM shop.shown ORDER BY id";

  private RunningEngine engine;

  @BeforeEach
  void start() throws SQLException {
    engine = RunningEngine.create();
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void theCreatorsSettingsCountInEveryRefresh() throws SQLException {
    engine.run(
        "CREATE TABLE shop.v (id int, ts timestamptz, i interval, b bytea, f float8, x text, w text)",
        "SET search_path = shop",
        "SET TimeZone = 'Asia/Tokyo'",
        "SET DateStyle = 'ISO, DMY'",
        "SET IntervalStyle = 'iso_8601'",
        "SET bytea_output = 'escape'",
        "SET extra_float_digits = -12",
        "SET default_text_search_config = 'english'",
        "SELECT freshet.create_stream_table('shown', $$"
            + "SELECT id, ts::text AS d, i::text AS i, b::text AS b, f::text AS f, ts::date AS t, (x::date)::text AS x,"
            + " to_tsvector(get_current_ts_config(), w)::text AS w FROM v$$, '100ms')");
    engine.await("shown");
    engine.run(
        "RESET ALL",
        "INSERT INTO shop.v VALUES (1, '2024-03-01 20:00Z', '1 day 2 hours', '\\x41ff', 1.23456789, '02/03/2024', 'running')");
    String first =
        "2024-03-02 05:00:00+09 | P1DT2H | A\\377 | 1.23 | 2024-03-02 | 2024-03-02 | 'run':1";

    engine.awaitSeen(SHOWN, first);
    assertThat(engine.verify("shown")).isEqualTo("0 | 0");
    engine.run(
        "TRUNCATE shop.v",
        "INSERT INTO shop.v VALUES (2, '2024-03-01 14:00Z', '1 s', '\\x00', 2, '03/04/2024', 'ran')");
    engine.awaitSeen(
        SHOWN, "2024-03-01 23:00:00+09 | PT1S | \\000 | 2 | 2024-04-03 | 2024-03-01 | 'ran':1");
    assertThat(engine.verify("shown")).isEqualTo("0 | 0");
    assertThat(engine.failures()).isEqualTo("0");
  }
}
