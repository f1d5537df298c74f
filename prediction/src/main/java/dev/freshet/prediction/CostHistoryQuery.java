package dev.freshet.prediction;

import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.database.SqlFile;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Reads from the log what refreshes took, as the moments of the window's slices. */
final class CostHistoryQuery {

  private static final String READ = SqlFile.read(CostHistoryQuery.class, "read-cost-history.sql");

  /** Of each stream table, the latest; a window with more begins later. */
  private static final int OUTCOMES_MAX = 10_000;

  private CostHistoryQuery() {}

  static Map<Long, CostHistory> read(Session session, Duration window, Instant now) {
    Map<Long, NavigableMap<Long, CostHistory.Slice>> slices = new HashMap<>();
    Map<Long, CostHistory> histories = new HashMap<>();
    for (Row row :
        session.execute(
            READ,
            CostHistory.slice(window).toMillis(),
            now.minus(window).toEpochMilli(),
            OUTCOMES_MAX)) {
      long pgtId = row.getLong("pgt_id");
      NavigableMap<Long, CostHistory.Slice> found =
          slices.computeIfAbsent(pgtId, _ -> new TreeMap<>());
      if (row.getLong("slice") != null) {
        found.put(row.getLong("slice"), slice(row));
      }
      histories.put(
          pgtId,
          new CostHistory(
              row.getLong("revision"),
              found,
              optional(row.getDouble("last_full_ms")),
              row.getLong("last_changes") == null
                  ? OptionalLong.empty()
                  : OptionalLong.of(row.getLong("last_changes")),
              // Another service tries again at once.
              Optional.empty()));
    }
    return histories;
  }

  private static CostHistory.Slice slice(Row row) {
    return new CostHistory.Slice(
        new Moments(
            row.getLong("samples"),
            row.getDouble("mean_x"),
            row.getDouble("mean_y"),
            row.getDouble("sxx"),
            row.getDouble("sxy"),
            row.getDouble("syy")),
        row.getLong("changes_max"));
  }

  private static OptionalDouble optional(Double value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
