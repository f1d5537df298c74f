package dev.freshet.catalog.stream;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.List;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A stream table, how it is, and its figures: a row of {@code freshet.pg_stat_stream_tables}. */
@Entity
@Immutable
@Table(schema = "freshet", name = "pg_stat_stream_tables")
@NamedQuery(
    name = "StreamTable.page",
    query =
        "FROM StreamTable t WHERE t.pgtId > ?1 AND (?2 = '' OR t.status = ?2)"
            + " AND (?3 = '' OR t.pgtSchema = ?3) ORDER BY t.pgtId")
@NamedQuery(
    name = "StreamTable.named",
    query = "FROM StreamTable t WHERE t.pgtSchema = ?1 AND t.pgtName = ?2")
public class StreamTable extends PanacheEntityBase {

  @Id
  @Column(name = "pgt_id")
  public long pgtId;

  @Column(name = "pgt_schema")
  public String pgtSchema = "";

  @Column(name = "pgt_name")
  public String pgtName = "";

  /** The oid of its table. */
  @Column(name = "pgt_relid_number")
  public long pgtRelid;

  @Column(name = "defining_query")
  public String definingQuery = "";

  @Column(name = "original_query")
  public String originalQuery = "";

  public String schedule = "";

  @Column(name = "refresh_mode")
  public String refreshMode = "";

  @Column(name = "effective_mode")
  public @Nullable String effectiveMode;

  @Column(name = "mode_code")
  public @Nullable String modeCode;

  @Column(name = "mode_reason")
  public @Nullable String modeReason;

  public String status = "";

  @Column(name = "is_populated")
  public boolean isPopulated;

  @Column(name = "refresh_tier")
  public String refreshTier = "";

  @Column(name = "data_timestamp")
  public @Nullable OffsetDateTime dataTimestamp;

  @Column(name = "as_of")
  public @Nullable String asOf;

  @Column(name = "last_refresh_at")
  public @Nullable OffsetDateTime lastRefreshAt;

  @Column(name = "last_full_ms")
  public @Nullable Double lastFullMs;

  @Column(name = "consecutive_errors")
  public int consecutiveErrors;

  @Column(name = "last_error_code")
  public @Nullable String lastErrorCode;

  @Column(name = "last_error")
  public @Nullable String lastError;

  @Column(name = "retry_at")
  public @Nullable OffsetDateTime retryAt;

  @Column(name = "suspend_reason")
  public @Nullable String suspendReason;

  @Column(name = "full_reason")
  public @Nullable String fullReason;

  @Column(name = "cdc_mode")
  public String cdcMode = "";

  @Column(name = "diamond_consistency")
  public String diamondConsistency = "";

  @Column(name = "append_only")
  public boolean appendOnly;

  public String owner = "";

  @Column(name = "created_at")
  public OffsetDateTime createdAt = OffsetDateTime.MIN;

  @Column(name = "updated_at")
  public OffsetDateTime updatedAt = OffsetDateTime.MIN;

  @Column(name = "total_refreshes")
  public long totalRefreshes;

  @Column(name = "successful_refreshes")
  public long successfulRefreshes;

  @Column(name = "failed_refreshes")
  public long failedRefreshes;

  @Column(name = "avg_duration_ms")
  public @Nullable Double avgDurationMs;

  @Column(name = "p95_duration_ms")
  public @Nullable Double p95DurationMs;

  @Column(name = "rows_inserted")
  public long rowsInserted;

  @Column(name = "rows_updated")
  public long rowsUpdated;

  @Column(name = "rows_deleted")
  public long rowsDeleted;

  @Column(name = "staleness_seconds")
  public @Nullable Double stalenessSeconds;

  public boolean stale;

  @Column(name = "cdc_modes")
  public String[] cdcModes = {};

  /**
   * Stream tables in the order of their creation.
   *
   * @param after only those with a greater id; 0 for all
   * @param status empty for any
   * @param schema empty for any
   */
  public static Uni<List<StreamTable>> page(long after, String status, String schema, int first) {
    return StreamTable.<StreamTable>find("#StreamTable.page", after, status, schema)
        .page(0, first)
        .list();
  }

  /**
   * The stream table of that name, as it is stored: not quoted, not folded; null if there is none.
   */
  public static Uni<@Nullable StreamTable> named(String schema, String name) {
    return StreamTable.<StreamTable>find("#StreamTable.named", schema, name).firstResult();
  }
}
