package dev.freshet.app.graphql;

import io.vertx.mutiny.sqlclient.Row;
import java.time.OffsetDateTime;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.jspecify.annotations.Nullable;

/** A row of {@code freshet.pgt_refresh_history}. */
@Description("One refresh of a stream table, or an attempt at one.")
public final class Refresh {

  private final Row row;

  Refresh(Row row) {
    this.row = row;
  }

  public long getRefreshId() {
    return row.getLong("refresh_id");
  }

  public long getPgtId() {
    return row.getLong("pgt_id");
  }

  public @Nullable OffsetDateTime getDataTimestamp() {
    return row.getOffsetDateTime("data_timestamp");
  }

  public @NonNull OffsetDateTime getStartTime() {
    return row.getOffsetDateTime("start_time");
  }

  public @Nullable OffsetDateTime getEndTime() {
    return row.getOffsetDateTime("end_time");
  }

  public @Nullable Double getDurationMs() {
    return row.getDouble("duration_ms");
  }

  public @NonNull RefreshAction getAction() {
    return RefreshAction.valueOf(row.getString("action"));
  }

  @Description("Why it took place, or took that action.")
  public @NonNull String getRefreshReason() {
    return row.getString("refresh_reason");
  }

  public long getRowsInserted() {
    return row.getLong("rows_inserted");
  }

  public long getRowsUpdated() {
    return row.getLong("rows_updated");
  }

  public long getRowsDeleted() {
    return row.getLong("rows_deleted");
  }

  @Description("Changes of the sources that it read.")
  public @Nullable Long getDeltaRowCount() {
    return row.getLong("delta_row_count");
  }

  public @Nullable Double getPredictedDiffMs() {
    return row.getDouble("predicted_diff_ms");
  }

  public @Nullable Double getPredictedFullMs() {
    return row.getDouble("predicted_full_ms");
  }

  @Description("How long it was tried by differences before, and given up for taking too long.")
  public @Nullable Double getAbandonedMs() {
    return row.getDouble("abandoned_ms");
  }

  public @NonNull RefreshStatus getStatus() {
    return RefreshStatus.valueOf(row.getString("status"));
  }

  @Description("The SQLSTATE of errorMessage.")
  public @Nullable String getErrorCode() {
    return row.getString("error_code");
  }

  public @Nullable String getErrorMessage() {
    return row.getString("error_message");
  }

  public @Nullable String getWorker() {
    return row.getString("worker");
  }

  public @Nullable Long getTickId() {
    return row.getLong("tick_id");
  }

  @Description("SCHEDULER, MANUAL or INITIAL.")
  public @NonNull String getInitiatedBy() {
    return row.getString("initiated_by");
  }
}
