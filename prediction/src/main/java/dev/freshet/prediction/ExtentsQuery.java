package dev.freshet.prediction;

import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.database.SqlFile;
import io.vertx.sqlclient.Row;
import java.util.HashMap;
import java.util.Map;

/** Reads how large stream tables and their sources are, as the server estimates it. */
public final class ExtentsQuery {

  private static final String READ = SqlFile.read(ExtentsQuery.class, "read-extents.sql");

  private ExtentsQuery() {}

  /** Of all stream tables that were compiled, by their ids. */
  public static Map<Long, Extent> read(Session session) {
    Map<Long, Extent> extents = new HashMap<>();
    for (Row row : session.execute(READ)) {
      extents.put(
          row.getLong("pgt_id"),
          new Extent(
              DeltaWork.valueOf(row.getString("work")),
              row.getDouble("source_rows"),
              row.getDouble("result_rows")));
    }
    return extents;
  }
}
