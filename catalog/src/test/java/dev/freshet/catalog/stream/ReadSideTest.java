package dev.freshet.catalog.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.testing.InstalledDatabase;
import jakarta.persistence.Persistence;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The mapping and the named queries, on the views of a real installation. */
class ReadSideTest {

  private static InstalledDatabase database;
  private static Mutiny.SessionFactory sessions;

  @BeforeAll
  static void refreshOnce() throws SQLException {
    database = InstalledDatabase.create();
    database
        .user()
        .run(
            "CREATE TABLE shop.orders (id int PRIMARY KEY, region text)",
            "SELECT freshet.create_stream_table('shop.regions', 'SELECT region FROM shop.orders', '1h')");
    database
        .service()
        .run(
            """
            SELECT freshet.append('refresh:1', 'DefinitionCompiled', jsonb_build_object(
                'effective_mode', 'DIFFERENTIAL', 'mode_code', 'c', 'mode_reason', 'r', 'plan', '{}'::jsonb,
                'dependencies', jsonb_build_array(jsonb_build_object('source_relid', 'shop.orders'::regclass::oid::bigint,
                    'source_type', 'TABLE', 'columns_used', '[2]'::jsonb, 'cdc_mode', 'trigger'))))
            """,
            """
            SELECT freshet.append('refresh:1', 'RefreshCompleted', jsonb_build_object(
                'action', 'FULL', 'refresh_reason', 'initial', 'start_time', now(), 'end_time', now(),
                'duration_ms', 20, 'rows_inserted', 5, 'rows_updated', 0, 'rows_deleted', 0, 'worker', 'w', 'tick_id', n,
                'initiated_by', 'INITIAL', 'data_timestamp', now()))
              FROM generate_series(1, 3) n
            """,
            "UPDATE freshet.frontier SET as_of = '10:20:15', read_at = now()");
    sessions =
        Persistence.createEntityManagerFactory(
                "catalog-test", Map.of("jakarta.persistence.jdbc.url", database.serviceUrl().uri()))
            .unwrap(Mutiny.SessionFactory.class);
  }

  @AfterAll
  static void close() {
    sessions.close();
  }

  @Test
  void streamTableIsReadWithItsFigures() {
    List<StreamTable> found =
        query(session ->
            session
                .createNamedQuery("StreamTable.page", StreamTable.class)
                .setParameter(1, 0L)
                .setParameter(2, "ACTIVE")
                .setParameter(3, "shop"));

    assertThat(found).hasSize(1);
    StreamTable table = found.getFirst();
    assertThat(table.pgtName).isEqualTo("regions");
    assertThat(table.asOf).isEqualTo("10:20:15");
    assertThat(table.cdcModes).containsExactly("trigger");
    assertThat(table.avgDurationMs).isEqualTo(20.0);
    assertThat(table.isPopulated).isTrue();
    assertThat(table.dataTimestamp).isNotNull();
    assertThat(table.stalenessSeconds).isNotNull();
    assertThat(table.lastError).isNull();
    assertThat(table.pgtRelid).isPositive();
  }

  @Test
  void streamTableIsFoundByItsName() {
    assertThat(
            query(session ->
                session
                    .createNamedQuery("StreamTable.named", StreamTable.class)
                    .setParameter(1, "shop")
                    .setParameter(2, "regions")))
        .hasSize(1);
  }

  @Test
  void historyIsPagedFromTheLatest() {
    List<Refresh> found =
        query(session ->
            session
                .createNamedQuery("Refresh.page", Refresh.class)
                .setParameter(1, 1L)
                .setParameter(2, 5L)
                .setMaxResults(1));

    assertThat(found).hasSize(1);
    assertThat(found.getFirst().refreshId).isEqualTo(4);
    assertThat(found.getFirst().deltaRowCount).isNull();
  }

  @Test
  void edgesAreReadWithTheirColumns() {
    List<SourceDependency> found =
        query(session -> session.createNamedQuery("SourceDependency.all", SourceDependency.class));

    assertThat(found).hasSize(1);
    assertThat(found.getFirst().sourceName).isEqualTo("shop.orders");
    assertThat(found.getFirst().columnsUsed).containsExactly((short) 2);
  }

  private static <T> List<T> query(
      java.util.function.Function<Mutiny.Session, Mutiny.SelectionQuery<T>> query) {
    return sessions
        .withSession(session -> query.apply(session).getResultList())
        .await()
        .indefinitely();
  }
}
