package dev.freshet.catalog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.testing.InstalledDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProjectionsTest {

  private static final String EMPTY =
      """
      TRUNCATE freshet.event, freshet.definition, freshet.condition, freshet.dependency, freshet.frontier RESTART IDENTITY
      """;
  private static final String REMEMBER =
      "TRUNCATE life.remembered; INSERT INTO life.remembered TABLE life.state";
  private static final String DIFFERENCES =
      """
      SELECT coalesce(string_agg(relation || ' ' || content, E'\\n'), 'none')
        FROM ((TABLE life.remembered EXCEPT ALL TABLE life.state)
              UNION ALL (TABLE life.state EXCEPT ALL TABLE life.remembered)) d
      """;
  private static final String MAKE_OLD =
      "UPDATE freshet.event SET at = at - interval '8 days'; SELECT freshet.rebuild_projections()";
  private static final String RECENT_OUTCOMES =
      """
      SELECT life.outcome(1, 'RefreshCompleted', 'DIFFERENTIAL'), life.outcome(1, 'RefreshFailed', NULL),
             life.outcome(2, 'RefreshFailed', NULL)
      """;
  private static final String FOLD = "SELECT freshet.fold_history('7 days')";

  private static InstalledDatabase database;

  @BeforeAll
  static void install() throws SQLException {
    database = InstalledDatabase.create();
  }

  @BeforeEach
  void live() throws SQLException, IOException {
    run("DROP SCHEMA IF EXISTS life CASCADE", EMPTY);
    try (InputStream life = ProjectionsTest.class.getResourceAsStream("a-life.sql")) {
      assertThat(life).isNotNull();
      run(new String(life.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void rebuildGivesTheSameRows() throws SQLException {
    run(REMEMBER, "SELECT freshet.rebuild_projections()");

    assertThat(database.admin().value(DIFFERENCES)).isEqualTo("none");
  }

  @Test
  void rebuildMendsWhatWasDamaged() throws SQLException {
    run(
        REMEMBER,
        "UPDATE freshet.condition SET status = 'SUSPENDED'",
        "UPDATE freshet.condition SET total_refreshes = 0",
        "SELECT freshet.rebuild_projections()");

    assertThat(database.admin().value(DIFFERENCES)).isEqualTo("none");
  }

  @Test
  void rebuildAfterFoldingGivesTheSameRows() throws SQLException {
    run(MAKE_OLD, RECENT_OUTCOMES, FOLD, REMEMBER, "SELECT freshet.rebuild_projections()");

    assertThat(database.admin().value(DIFFERENCES)).isEqualTo("none");
  }

  @Test
  void foldingChangesNothingButTheHistory() throws SQLException {
    run(MAKE_OLD, RECENT_OUTCOMES, REMEMBER, FOLD);

    assertThat(
            database
                .admin()
                .value(
                    "SELECT DISTINCT relation FROM (TABLE life.remembered EXCEPT ALL TABLE life.state) d"))
        .isEqualTo("history");
    assertThat(
            database
                .admin()
                .value(
                    "SELECT count(*) FROM (TABLE life.state EXCEPT ALL TABLE life.remembered) d"))
        .isEqualTo("0");
  }

  @Test
  void foldingInManySmallStepsComesToTheSame() throws SQLException {
    run(MAKE_OLD, RECENT_OUTCOMES, REMEMBER);
    while (!database.admin().value("SELECT freshet.fold_history('7 days', 5)").equals("0")) {
      run("SELECT freshet.rebuild_projections()");
    }

    assertThat(
            database
                .admin()
                .value(
                    "SELECT count(*) FROM (TABLE life.state EXCEPT ALL TABLE life.remembered) d"))
        .isEqualTo("0");
  }

  @Test
  void foldingKeepsDefinitionsAndRecentOutcomesAndOneEventForTheRest() throws SQLException {
    run(MAKE_OLD, RECENT_OUTCOMES, FOLD);

    assertThat(
            database
                .admin()
                .value(
                    "SELECT string_agg(type, ' ' ORDER BY event_id) FROM freshet.event WHERE stream = 'refresh:1'"))
        .isEqualTo("DefinitionCompiled HistoryFolded TableRenamed RefreshCompleted RefreshFailed");
    assertThat(
            database
                .admin()
                .value(
                    "SELECT string_agg(type, ' ' ORDER BY event_id) FROM freshet.event WHERE stream = 'stream_table:1'"))
        .isEqualTo("StreamTableCreated StreamTableSuspended StreamTableResumed StreamTableAltered");
    assertThat(
            database
                .admin()
                .value(
                    "SELECT count(*) FROM freshet.event WHERE stream IN ('refresh:3') OR stream LIKE 'request:%'"))
        .isEqualTo("0");
    assertThat(database.admin().value(FOLD)).isEqualTo("0");
  }

  private static void run(String... statements) throws SQLException {
    database.admin().run(statements);
  }
}
