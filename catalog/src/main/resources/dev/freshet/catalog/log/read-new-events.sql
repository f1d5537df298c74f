-- Events visible now ($2: at the snapshot being caught up to, empty for the present one) that were not visible at the cursor ($1),
-- a page of them after event_id $3. One statement, so that the snapshot returned is the one that was read at.
-- Never event_id > last alone: that skips what commits late. Never waiting for the oldest transaction: it may stay for days.
SELECT s.seen::text AS seen, e.event_id, e.stream, e.revision, e.type, e.version, e.payload, e.author, e.at
  FROM (SELECT coalesce(nullif($2::text, '')::pg_snapshot, pg_current_snapshot()) AS seen) AS s
  LEFT JOIN LATERAL (
       SELECT n.event_id, n.stream, n.revision, n.type, n.version::int AS version, n.payload::text AS payload, n.author::text AS author, n.at
         FROM freshet.event AS n
        WHERE n.xid >= pg_snapshot_xmin($1::text::pg_snapshot)
          AND NOT pg_visible_in_snapshot(n.xid, $1::text::pg_snapshot)
          AND pg_visible_in_snapshot(n.xid, s.seen)
          AND n.event_id > $3
        ORDER BY n.event_id
        LIMIT $4) AS e ON true
 ORDER BY e.event_id
