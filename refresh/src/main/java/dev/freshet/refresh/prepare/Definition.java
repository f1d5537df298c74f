package dev.freshet.refresh.prepare;

import dev.freshet.catalog.database.Session;
import io.vertx.sqlclient.Row;
import java.util.Optional;

/**
 * What preparing needs to know of a stream table.
 *
 * @param lost whether its definition view is gone
 * @param mode {@code AUTO}, {@code DIFFERENTIAL} or {@code FULL}
 * @param fills whether it is empty and to be filled by the service itself
 */
record Definition(long pgtId, long epoch, boolean lost, String mode, boolean fills) {

  private static final String READ =
      """
      SELECT f.epoch, v.oid IS NULL AS lost, d.refresh_mode, NOT c.is_populated AND d.initialize AS fills
      FROM freshet.definition d
      JOIN freshet.condition c USING (pgt_id)
      JOIN freshet.frontier f USING (pgt_id)
      LEFT JOIN pg_class v ON v.oid = d.view_relid
      WHERE d.pgt_id = $1\
      """;

  /** Empty if it was dropped. */
  static Optional<Definition> read(Session session, long pgtId) {
    for (Row row : session.execute(READ, pgtId)) {
      return Optional.of(
          new Definition(
              pgtId,
              row.getLong("epoch"),
              row.getBoolean("lost"),
              row.getString("refresh_mode"),
              row.getBoolean("fills")));
    }
    return Optional.empty();
  }
}
