package dev.freshet.prediction;

import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.database.SqlFile;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Reads from the log the latest refreshes of each stream table, the first of them first. */
final class PastRefreshesQuery {

  private static final String READ =
      SqlFile.read(PastRefreshesQuery.class, "read-past-refreshes.sql");

  /** What is older counts for less than a twentieth. */
  private static final int REFRESHES_MAX = 100;

  private PastRefreshesQuery() {}

  static Map<Long, List<LearnedCosts.Past>> read(Session session) {
    Map<Long, List<LearnedCosts.Past>> past = new HashMap<>();
    for (Row row : session.execute(READ, REFRESHES_MAX)) {
      Long changes = row.getLong("changes");
      past.computeIfAbsent(row.getLong("pgt_id"), _ -> new ArrayList<>())
          .add(
              new LearnedCosts.Past(
                  changes == null ? OptionalLong.empty() : OptionalLong.of(changes),
                  row.getDouble("ms")));
    }
    return past;
  }
}
