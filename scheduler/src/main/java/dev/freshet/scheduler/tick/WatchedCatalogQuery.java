package dev.freshet.scheduler.tick;

import dev.freshet.catalog.database.DatabaseSettings;
import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.freshness.Tier;
import dev.freshet.scheduler.dispatch.PoolState;
import dev.freshet.scheduler.due.Preparation;
import dev.freshet.scheduler.due.Status;
import dev.freshet.scheduler.due.Watched;
import dev.freshet.scheduler.schedule.Schedule;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks the database. */
final class WatchedCatalogQuery implements WatchedCatalog {

  private static final String READ =
      """
      SELECT w.*, o.freshness_deadline_ms
      FROM freshet.watched w LEFT JOIN freshet.objective o USING (pgt_id)\
      """;
  private static final int RECENT_EVENTS_MAX = 20_000;

  private final Session session;

  WatchedCatalogQuery(Session session) {
    this.session = session;
  }

  @Override
  public List<Watched> read() {
    List<Watched> tables = new ArrayList<>();
    for (Row row : session.execute(READ)) {
      tables.add(watched(row));
    }
    return tables;
  }

  private static Watched watched(Row row) {
    return new Watched(
        row.getLong("pgt_id"),
        Schedule.parse(row.getString("schedule")),
        Tier.of(row.getString("tier")),
        status(row),
        Set.of(row.getArrayOfLongs("upstreams")),
        preparation(row),
        Optional.ofNullable(row.getString("full_reason"))
            .filter(_ -> row.getBoolean("is_populated")),
        row.getOffsetDateTime("looked_at").toInstant(),
        Optional.ofNullable(row.getString("skipped_for")),
        Optional.ofNullable(row.getLong("freshness_deadline_ms")).map(Duration::ofMillis));
  }

  private static Status status(Row row) {
    return switch (row.getString("status")) {
      case "SUSPENDED" -> new Status.Suspended();
      case "ERROR" -> new Status.Failed(instant(row.getOffsetDateTime("retry_at")));
      case "INITIALIZING" -> new Status.Initializing(row.getBoolean("initialize"));
      case "ACTIVE" ->
          row.getBoolean("is_populated") ? new Status.Active() : new Status.Initializing(true);
      default -> throw new IllegalStateException("unknown status " + row.getString("status"));
    };
  }

  private static Preparation preparation(Row row) {
    if (!row.getBoolean("compiled")) {
      return new Preparation.Needed(row.getLong("epoch"));
    }
    return row.getBoolean("lost") ? new Preparation.Impossible() : new Preparation.Ready();
  }

  private static Optional<Instant> instant(@Nullable OffsetDateTime time) {
    return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
  }

  @Override
  public String snapshot() {
    return session
        .execute("SELECT pg_current_snapshot()::text AS now")
        .iterator()
        .next()
        .getString("now");
  }

  @Override
  public List<Long> wantedSince(String snapshot) {
    return ids(
        session.execute(
            "SELECT w AS pgt_id FROM freshet.refreshes_wanted_since($1::text::pg_snapshot) AS w",
            snapshot));
  }

  @Override
  public List<Long> unanswered() {
    return ids(
        session.execute(
            "SELECT w AS pgt_id FROM freshet.refreshes_unanswered($1) AS w", RECENT_EVENTS_MAX));
  }

  private static List<Long> ids(Iterable<Row> rows) {
    List<Long> ids = new ArrayList<>();
    rows.forEach(row -> ids.add(row.getLong("pgt_id")));
    return ids;
  }

  @Override
  public void tell(PoolState pool) {
    session.execute(
        "SELECT freshet.report_worker_pool($1, $2, $3, $4)",
        pool.workers(),
        pool.queued(),
        pool.longestWait().toMillis(),
        pool.meanWait().toMillis());
  }

  @Override
  public void alertRefused(String name, String value) {
    session.execute("SELECT freshet.alert_refused_setting($1, $2)", name, value);
  }

  @Override
  public Map<String, String> settings() {
    return DatabaseSettings.read(session);
  }
}
