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

/** A refresh that was tried: a row of {@code freshet.pgt_refresh_history}. */
@Entity
@Immutable
@Table(schema = "freshet", name = "pgt_refresh_history")
@NamedQuery(
    name = "Refresh.page",
    query = "FROM Refresh r WHERE r.pgtId = ?1 AND r.refreshId < ?2 ORDER BY r.refreshId DESC")
public class Refresh extends PanacheEntityBase {

  @Id
  @Column(name = "refresh_id")
  public long refreshId;

  @Column(name = "pgt_id")
  public long pgtId;

  @Column(name = "data_timestamp")
  public @Nullable OffsetDateTime dataTimestamp;

  @Column(name = "start_time")
  public OffsetDateTime startTime = OffsetDateTime.MIN;

  @Column(name = "end_time")
  public @Nullable OffsetDateTime endTime;

  @Column(name = "duration_ms")
  public @Nullable Double durationMs;

  public String action = "";

  @Column(name = "refresh_reason")
  public String refreshReason = "";

  @Column(name = "rows_inserted")
  public long rowsInserted;

  @Column(name = "rows_updated")
  public long rowsUpdated;

  @Column(name = "rows_deleted")
  public long rowsDeleted;

  @Column(name = "delta_row_count")
  public @Nullable Long deltaRowCount;

  @Column(name = "predicted_diff_ms")
  public @Nullable Double predictedDiffMs;

  @Column(name = "predicted_full_ms")
  public @Nullable Double predictedFullMs;

  public String status = "";

  @Column(name = "error_code")
  public @Nullable String errorCode;

  @Column(name = "error_message")
  public @Nullable String errorMessage;

  public @Nullable String worker;

  @Column(name = "tick_id")
  public @Nullable Long tickId;

  @Column(name = "initiated_by")
  public String initiatedBy = "";

  @Column(name = "freshness_deadline")
  public @Nullable OffsetDateTime freshnessDeadline;

  @Column(name = "abandoned_ms")
  public @Nullable Double abandonedMs;

  /**
   * The refreshes of a stream table, the latest first.
   *
   * @param before only those with a smaller id; {@link Long#MAX_VALUE} for all
   */
  public static Uni<List<Refresh>> page(long pgtId, long before, int first) {
    return Refresh.<Refresh>find("#Refresh.page", pgtId, before).page(0, first).list();
  }
}
