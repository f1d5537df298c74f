package dev.freshet.catalog.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.catalog.testing.InstalledDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookingTest {

  private static final String STRANGER = "stranger";
  private static InstalledDatabase database;

  @BeforeAll
  static void createStreamTables() throws SQLException {
    database = InstalledDatabase.create();
    database
        .admin()
        .run(
            "DO $$ BEGIN CREATE ROLE stranger LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
            "GRANT USAGE ON SCHEMA shop TO " + STRANGER);
    database
        .user()
        .run(
            "CREATE TABLE shop.orders (id int PRIMARY KEY, region text, amount numeric)",
            "SELECT freshet.create_stream_table('shop.by_region',"
                + " 'SELECT region, sum(amount) AS total FROM shop.orders GROUP BY region', '1h')",
            "SELECT freshet.create_stream_table('shop.\"Top\"',"
                + " 'SELECT region FROM shop.by_region WHERE total > 10')");
    database
        .service()
        .run(
            """
            SELECT freshet.append('refresh:' || d.pgt_id, 'DefinitionCompiled', jsonb_build_object(
                'effective_mode', 'DIFFERENTIAL', 'mode_code', 'differentiable',
                'mode_reason', 'differentiable: every operator has a delta',
                'plan', '{"operators": [{"operator": "aggregate", "how": "running sums", "position": 8}],
                          "statements": ["SELECT 1\\nFROM x", {"sql": "SELECT 2"}]}'::jsonb,
                'dependencies', jsonb_build_array(jsonb_build_object(
                    'source_relid', CASE d.pgt_name WHEN 'Top' THEN 'shop.by_region' ELSE 'shop.orders' END::regclass::oid::bigint,
                    'source_type', CASE d.pgt_name WHEN 'Top' THEN 'STREAM_TABLE' ELSE 'TABLE' END,
                    'columns_used', '[1]'::jsonb, 'cdc_mode', 'trigger'))))
              FROM freshet.definition d
            """,
            """
            SELECT freshet.append('refresh:' || pgt_id, 'RefreshCompleted', jsonb_build_object(
                'action', 'FULL', 'refresh_reason', 'initial',
                'start_time', now(), 'end_time', now(), 'duration_ms', n * 10, 'rows_inserted', 5, 'rows_updated', 0,
                'rows_deleted', 0, 'initiated_by', 'INITIAL', 'data_timestamp', now()))
              FROM freshet.definition, generate_series(1, 3) n WHERE pgt_name = 'by_region'
            """,
            "UPDATE freshet.frontier SET as_of = pg_current_snapshot(), read_at = now()");
  }

  /** The names are a contract; what is added comes at the end. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pgt_stream_tables | pgt_id, pgt_schema, pgt_name, pgt_relid, defining_query, original_query, schedule, refresh_mode, effective_mode, mode_reason, status, is_populated, refresh_tier, data_timestamp, as_of, last_refresh_at, last_full_ms, consecutive_errors, last_error, cdc_mode, diamond_consistency, created_at, updated_at
          pg_stat_stream_tables | pgt_id, pgt_schema, pgt_name, pgt_relid, defining_query, original_query, schedule, refresh_mode, effective_mode, mode_reason, status, is_populated, refresh_tier, data_timestamp, as_of, last_refresh_at, last_full_ms, consecutive_errors, last_error, cdc_mode, diamond_consistency, created_at, updated_at, total_refreshes, successful_refreshes, failed_refreshes, avg_duration_ms, p95_duration_ms, rows_inserted, rows_updated, rows_deleted, staleness, stale, cdc_modes
          pgt_refresh_history | refresh_id, pgt_id, data_timestamp, start_time, end_time, duration_ms, action, refresh_reason, rows_inserted, rows_updated, rows_deleted, delta_row_count, predicted_diff_ms, predicted_full_ms, status, error_code, error_message, worker, tick_id, initiated_by, freshness_deadline, abandoned_ms
          pgt_dependencies | pgt_id, source_relid, source_type, columns_used, cdc_mode
          """)
  void columnsAreThoseOfTheContract(String view, String columns) throws SQLException {
    assertThat(
            database
                .user()
                .value(
                    """
                    SELECT string_agg(attname, ', ' ORDER BY attnum) FROM pg_attribute
                     WHERE attrelid = 'freshet.%s'::regclass AND attnum > 0
                    """
                        .formatted(view)))
        .startsWith(columns);
  }

  @Test
  void figuresFollowTheOutcomes() throws SQLException {
    assertThat(
            database
                .user()
                .value(
                    """
                    SELECT concat_ws(' ', status, total_refreshes, successful_refreshes, failed_refreshes,
                                     avg_duration_ms, round(p95_duration_ms::numeric, 3), rows_inserted, stale, cdc_modes)
                      FROM freshet.pg_stat_stream_tables WHERE pgt_name = 'by_region'
                    """))
        .isEqualTo("ACTIVE 3 3 0 20 29.000 15 f {trigger}");
  }

  @Test
  void treeShowsEachStreamTableAboveWhatItReads() throws SQLException {
    assertThat(
            database
                .user()
                .value(
                    "SELECT string_agg(tree || ' ' || kind, E'\\n') FROM freshet.dependency_tree()"))
        .isEqualTo(
            """
            shop."Top" STREAM_TABLE
               shop.by_region STREAM_TABLE
                  shop.orders TABLE\
            """);
  }

  /**
   * A stream table that the compiler splits: its hidden part is in the tree, with a mark, and
   * nowhere else.
   */
  @Test
  void hiddenStreamTableIsSeenInTheTreeOnly() throws SQLException {
    InstalledDatabase split = InstalledDatabase.create();
    split
        .user()
        .run(
            "CREATE TABLE shop.orders (id int PRIMARY KEY, region text)",
            "SELECT freshet.create_stream_table('shop.regions', 'SELECT region FROM shop.orders')");
    split
        .service()
        .run(
            "CREATE TABLE freshet_state.part (region text)",
            """
            SELECT freshet.append('stream_table:900', 'StreamTableCreated', jsonb_build_object('pgt_id', 900,
                'relid', 'freshet_state.part'::regclass::oid::bigint, 'pgt_schema', 'freshet_state', 'pgt_name', 'part',
                'defining_query', 'q', 'original_query', 'q', 'schedule', 'calculated', 'refresh_mode', 'AUTO',
                'owner', 'o', 'hidden', true, 'parent_id', 1))
            """,
            """
            SELECT freshet.append('refresh:' || e.id, 'DefinitionCompiled', jsonb_build_object(
                'effective_mode', 'DIFFERENTIAL', 'mode_code', 'c', 'mode_reason', 'r', 'plan', '{}'::jsonb,
                'dependencies', jsonb_build_array(jsonb_build_object('source_relid', e.source::regclass::oid::bigint,
                    'source_type', e.type, 'columns_used', '[2]'::jsonb, 'cdc_mode', 'trigger'))))
              FROM (VALUES (1, 'freshet_state.part', 'STREAM_TABLE'), (900, 'shop.orders', 'TABLE')) e (id, source, type)
            """);

    assertThat(
            split
                .user()
                .value(
                    "SELECT string_agg(tree || ' ' || kind, E'\\n') FROM freshet.dependency_tree()"))
        .isEqualTo(
            """
            shop.regions STREAM_TABLE
               freshet_state.part STREAM_TABLE (hidden)
                  shop.orders TABLE\
            """);
    assertThat(
            split.user().value("SELECT string_agg(pgt_name, ' ') FROM freshet.pgt_stream_tables"))
        .isEqualTo("regions");
    assertThat(
            split
                .user()
                .value(
                    "SELECT string_agg(concat_ws(' ', pgt_id, source_name, source_type, columns_used), ', ') FROM freshet.pgt_dependencies"))
        .isEqualTo("1 shop.orders TABLE {2}");
  }

  @Test
  void explainDeltaReadsAsSql() throws SQLException {
    assertThat(
            database
                .user()
                .value(
                    "SELECT string_agg(delta, E'\\n') FROM freshet.explain_delta('shop.by_region')"))
        .isEqualTo(
            """
            -- shop.by_region: differentiable: every operator has a delta
            -- aggregate: running sums, position 8
            SELECT 1
            FROM x;
            SELECT 2;\
            """);
  }

  @Test
  void explainRefreshModeCountsWhatIsWaiting() throws SQLException {
    long orders = Long.parseLong(database.user().value("SELECT 'shop.orders'::regclass::oid"));
    database
        .admin()
        .run(
            "INSERT INTO freshet.capture (source_relid, generation, row_triggers, columns, buffer_a, buffer_b, changes)"
                + " VALUES (%d, 1, false, '[]', 0, 0, 0)".formatted(orders),
            "CREATE TABLE freshet_buffer.b_%d_1_a (xid xid8 NOT NULL DEFAULT pg_current_xact_id())"
                .formatted(orders),
            "ALTER TABLE freshet_buffer.b_%d_1_a OWNER TO %s"
                .formatted(orders, database.service().user()),
            "INSERT INTO freshet_buffer.b_%d_1_a SELECT FROM generate_series(1, 7)"
                .formatted(orders));

    assertThat(
            database
                .user()
                .value(
                    """
                    SELECT concat_ws(' ', next_mode, code, pending_changes, last_full_ms, reason)
                      FROM freshet.explain_refresh_mode('shop.by_region')
                    """))
        .isEqualTo("DIFFERENTIAL differentiable 7 30 differentiable: every operator has a delta.");
    assertThat(
            database
                .user()
                .value(
                    "SELECT concat_ws(' ', source, generation, bytes, consumers) FROM freshet.change_buffer_sizes()"))
        .isEqualTo("shop.orders 1 8192 1");
  }

  @Test
  void unqualifiedNameFollowsTheSearchPath() throws SQLException {
    try (Connection connection = database.user().connect();
        var statement = connection.createStatement()) {
      statement.execute("SET search_path = shop");
      try (var rows =
          statement.executeQuery("SELECT code FROM freshet.explain_refresh_mode('\"Top\"')")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("initial");
      }
    }
  }

  @Test
  void populationReportsItsProgress() throws SQLException {
    database
        .service()
        .run(
            """
            SELECT freshet.append('refresh:' || pgt_id, 'PopulationStarted', '{"estimated_rows": 3, "estimated_bytes": 8192}')
              FROM freshet.definition WHERE pgt_name = 'Top'
            """);

    assertThat(
            database
                .user()
                .value(
                    "SELECT concat_ws(' ', stream_table, estimated_rows, bytes_written, percent) FROM freshet.population_progress()"))
        .isEqualTo("shop.\"Top\" 3 0 0");
  }

  @Test
  void healthNamesWhatIsNotWell() throws SQLException {
    String notWell =
        "SELECT string_agg(check_name || ' ' || status, ', ') FROM freshet.health_check() WHERE status <> 'OK'";
    assertThat(database.user().value(notWell)).isEqualTo("service ERROR, populating WARNING");

    try (Connection service = database.service().connect();
        var statement = service.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(1718775923, 0)");
      assertThat(database.user().value(notWell)).isEqualTo("populating WARNING");
    }
  }

  @Test
  void strangerSeesOnlyWhatHeMayRead() throws SQLException {
    String visible = "SELECT string_agg(pgt_name, ' ') FROM freshet.pg_stat_stream_tables";
    assertThat(database.admin().as(STRANGER).value(visible)).isEqualTo("null");
    assertThat(
            database.admin().as(STRANGER).value("SELECT count(*) FROM freshet.pgt_refresh_history"))
        .isEqualTo("0");
    assertThatThrownBy(() ->
            database
                .admin()
                .as(STRANGER)
                .value("SELECT delta FROM freshet.explain_delta('shop.by_region')"))
        .isInstanceOfSatisfying(
            SQLException.class, refusal -> assertThat(refusal.getSQLState()).isEqualTo("42501"));

    try (Connection owner = database.user().connect();
        var statement = owner.createStatement()) {
      statement.execute("GRANT SELECT ON shop.by_region TO " + STRANGER);
      assertThat(database.admin().as(STRANGER).value(visible)).isEqualTo("by_region");
      assertThat(
              database
                  .admin()
                  .as(STRANGER)
                  .value("SELECT count(*) FROM freshet.pgt_refresh_history"))
          .isEqualTo("3");
      statement.execute("REVOKE SELECT ON shop.by_region FROM " + STRANGER);
    }
  }
}
