package dev.freshet.refresh.worker;

import io.vertx.sqlclient.Row;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream table as the refresh's snapshot sees it, its rows in the catalog locked.
 *
 * @param asOf its frontier; empty if it was never populated
 * @param ownXid of the transaction that refreshed it last
 * @param stamp of what its refresh relies on in the catalogs; empty if there was no plan
 * @param before what the session has counted in its table and not reported yet, by earlier
 *     transactions
 */
record MemberRow(
    long pgtId,
    long epoch,
    boolean compiled,
    String asOf,
    String ownXid,
    boolean populated,
    Optional<String> fullReason,
    String stamp,
    TupleCounts before) {

  /**
   * Who is locked by somebody else is left out, for waiting here would read an old frontier; who
   * was changed since the snapshot fails with 40001.
   */
  static final String READ =
      """
      SELECT f.pgt_id, f.epoch, f.epoch = f.compiled_epoch AS compiled, f.as_of::text AS as_of, f.own_xid::text AS own_xid,
             c.is_populated, c.full_reason, pg_stat_get_xact_tuples_inserted(d.relid) AS inserted,
             pg_stat_get_xact_tuples_updated(d.relid) AS updated, pg_stat_get_xact_tuples_deleted(d.relid) AS deleted,
             freshet.catalog_stamp(asked.objects::oid[]) AS stamp
      FROM unnest($1::bigint[], $2::text[]) AS asked (pgt_id, objects)
      JOIN freshet.condition c USING (pgt_id)
      JOIN freshet.frontier f USING (pgt_id)
      JOIN freshet.definition d USING (pgt_id)
      FOR NO KEY UPDATE OF c, f SKIP LOCKED\
      """;

  static MemberRow of(Row row) {
    return new MemberRow(
        row.getLong("pgt_id"),
        row.getLong("epoch"),
        Boolean.TRUE.equals(row.getBoolean("compiled")),
        orEmpty(row.getString("as_of")),
        orEmpty(row.getString("own_xid")),
        row.getBoolean("is_populated"),
        Optional.ofNullable(row.getString("full_reason")),
        orEmpty(row.getString("stamp")),
        new TupleCounts(row.getLong("inserted"), row.getLong("updated"), row.getLong("deleted")));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
