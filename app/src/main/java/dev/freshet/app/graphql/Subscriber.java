package dev.freshet.app.graphql;

import io.vertx.mutiny.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.jspecify.annotations.Nullable;

/** A row of {@code freshet.pgt_subscribers}. */
@Description("A replication slot that follows publications of stream tables.")
public final class Subscriber {

  private final Row row;

  Subscriber(Row row) {
    this.row = row;
  }

  public @NonNull String getSlotName() {
    return row.getString("slot_name");
  }

  @Description(
      "Those that it was seen to read; null if nobody has read it yet, or the service may not see who.")
  public @Nullable List<@NonNull String> getPublications() {
    String[] publications = row.getArrayOfStrings("publications");
    return publications == null ? null : List.of(publications);
  }

  @Description("Whether somebody reads it now.")
  public boolean isActive() {
    return row.getBoolean("active");
  }

  @Description("How much of PostgreSQL's log it has not confirmed.")
  public @Nullable Long getBytesBehind() {
    return row.getLong("bytes_behind");
  }

  @Description("How much of PostgreSQL's log is kept for it.")
  public @Nullable Long getBytesRetained() {
    return row.getLong("bytes_retained");
  }

  @Description("As in pg_replication_slots.")
  public @Nullable String getWalStatus() {
    return row.getString("wal_status");
  }

  @Description("How much more may be kept before it is in danger; null if there is no limit.")
  public @Nullable Long getSafeWalSize() {
    return row.getLong("safe_wal_size");
  }

  @Description("Since when nobody reads it.")
  public @Nullable OffsetDateTime getInactiveSince() {
    return row.getOffsetDateTime("inactive_since");
  }

  public @NonNull SubscriberRisk getRisk() {
    return SubscriberRisk.valueOf(row.getString("risk").toUpperCase(Locale.ROOT));
  }

  @Description("Why PostgreSQL gave it up, where the server says so.")
  public @Nullable String getInvalidationReason() {
    return row.getString("invalidation_reason");
  }

  @Description("Whether it is kept on standbys, too, where the server can do that.")
  public @Nullable Boolean isFailover() {
    return row.getBoolean("failover");
  }
}
