package dev.freshet.app.graphql;

import io.vertx.mutiny.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Name;
import org.eclipse.microprofile.graphql.NonNull;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code freshet.pg_stat_stream_tables}, and what {@code pgt_stream_tables} has besides.
 */
@Description("A table that follows the result of a query, with its figures.")
public final class StreamTable {

  private final Row row;

  StreamTable(Row row) {
    this.row = row;
  }

  public long getPgtId() {
    return row.getLong("pgt_id");
  }

  @Description("The name as SQL takes it: schema and table, quoted where need be.")
  public @NonNull String getName() {
    return row.getString("name");
  }

  public @NonNull String getPgtSchema() {
    return row.getString("pgt_schema");
  }

  public @NonNull String getPgtName() {
    return row.getString("pgt_name");
  }

  @Description("The oid of the table.")
  public long getPgtRelid() {
    return row.getLong("pgt_relid_number");
  }

  @Description("The role that it belongs to.")
  public @NonNull String getOwner() {
    return row.getString("owner");
  }

  @Description("The query as PostgreSQL prints it, all names qualified.")
  public @NonNull String getDefiningQuery() {
    return row.getString("defining_query");
  }

  @Description("The query as it was given.")
  public @NonNull String getOriginalQuery() {
    return row.getString("original_query");
  }

  @Description("A duration, a cron expression, or 'calculated' from those that read it.")
  public @NonNull String getSchedule() {
    return row.getString("schedule");
  }

  @Description("The mode that was asked for.")
  public @NonNull RefreshMode getRefreshMode() {
    return RefreshMode.valueOf(row.getString("refresh_mode"));
  }

  @Description("The mode that it has; null until it has been compiled.")
  public @Nullable EffectiveMode getEffectiveMode() {
    String mode = row.getString("effective_mode");
    return mode == null ? null : EffectiveMode.valueOf(mode);
  }

  @Description("Why it has that mode: a code and a sentence.")
  public @Nullable String getModeReason() {
    return row.getString("mode_reason");
  }

  public @NonNull StreamTableStatus getStatus() {
    return StreamTableStatus.valueOf(row.getString("status"));
  }

  @Description("Why it is suspended, if it is.")
  public @Nullable String getSuspendReason() {
    return row.getString("suspend_reason");
  }

  @Name("isPopulated")
  public boolean isPopulated() {
    return row.getBoolean("is_populated");
  }

  public @NonNull String getRefreshTier() {
    return row.getString("refresh_tier");
  }

  @Description("How old its content may be, in milliseconds; null if nobody has said.")
  public @Nullable Long getFreshnessDeadlineMs() {
    return row.getLong("freshness_deadline_ms");
  }

  @Description("Of the time, lately about a day, the share in which it was no older than that.")
  public @Nullable Double getSlaMetRatio() {
    return row.getDouble("sla_met_ratio");
  }

  @Description("The time of the snapshot at which it equals its query.")
  public @Nullable OffsetDateTime getDataTimestamp() {
    return row.getOffsetDateTime("data_timestamp");
  }

  @Description("The snapshot at which it equals its query, as PostgreSQL's pg_snapshot.")
  public @Nullable String getAsOf() {
    return row.getString("as_of");
  }

  public @Nullable OffsetDateTime getLastRefreshAt() {
    return row.getOffsetDateTime("last_refresh_at");
  }

  public @Nullable Double getLastFullMs() {
    return row.getDouble("last_full_ms");
  }

  public int getConsecutiveErrors() {
    return row.getInteger("consecutive_errors");
  }

  public @Nullable String getLastError() {
    return row.getString("last_error");
  }

  @Description("The SQLSTATE of lastError.")
  public @Nullable String getLastErrorCode() {
    return row.getString("last_error_code");
  }

  @Description("When it is tried again after an error.")
  public @Nullable OffsetDateTime getRetryAt() {
    return row.getOffsetDateTime("retry_at");
  }

  public @NonNull String getCdcMode() {
    return row.getString("cdc_mode");
  }

  public @NonNull List<@NonNull String> getCdcModes() {
    return List.of(row.getArrayOfStrings("cdc_modes"));
  }

  public @NonNull String getDiamondConsistency() {
    return row.getString("diamond_consistency");
  }

  public boolean isAppendOnly() {
    return row.getBoolean("append_only");
  }

  public @NonNull OffsetDateTime getCreatedAt() {
    return row.getOffsetDateTime("created_at");
  }

  public @NonNull OffsetDateTime getUpdatedAt() {
    return row.getOffsetDateTime("updated_at");
  }

  public long getTotalRefreshes() {
    return row.getLong("total_refreshes");
  }

  public long getSuccessfulRefreshes() {
    return row.getLong("successful_refreshes");
  }

  public long getFailedRefreshes() {
    return row.getLong("failed_refreshes");
  }

  public @Nullable Double getAvgDurationMs() {
    return row.getDouble("avg_duration_ms");
  }

  @Description("Of the last 1,000 completed refreshes.")
  public @Nullable Double getP95DurationMs() {
    return row.getDouble("p95_duration_ms");
  }

  @Description("Rows inserted by all refreshes.")
  public long getRowsInserted() {
    return row.getLong("rows_inserted");
  }

  @Description("Rows updated by all refreshes.")
  public long getRowsUpdated() {
    return row.getLong("rows_updated");
  }

  @Description("Rows deleted by all refreshes.")
  public long getRowsDeleted() {
    return row.getLong("rows_deleted");
  }

  @Description("The rows in the table, as PostgreSQL's statistics estimate them.")
  public @Nullable Long getRowsEstimated() {
    return row.getLong("rows_estimated");
  }

  @Description("Seconds since it was last refreshed, or looked at and found fresh.")
  public @Nullable Double getStaleness() {
    return row.getDouble("staleness_seconds");
  }

  @Description("Not populated, or older than twice its schedule and ten seconds.")
  public boolean isStale() {
    return row.getBoolean("stale");
  }

  @Description("The publication that carries its changes; null if it is not published.")
  public @Nullable String getDownstreamPublication() {
    return row.getString("downstream_publication");
  }

  @Description("The same, under its name in pgt_stream_tables.")
  public @Nullable String getDownstreamPublicationName() {
    return getDownstreamPublication();
  }
}
