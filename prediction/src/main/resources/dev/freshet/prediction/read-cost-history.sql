-- What the refreshes by differences since a time took, in slices of time, of each stream table's present definition.
--   $1  the length of a slice in milliseconds
--   $2  since when, in milliseconds of the epoch
--   $3  of each stream table, only so many outcomes: the latest
SELECT d.pgt_id, c.last_full_ms,
       coalesce((SELECT max(e.revision) FROM freshet.event AS e WHERE e.stream = 'refresh:' || d.pgt_id), 0)::bigint AS revision,
       slice.slice, slice.samples, slice.mean_x, slice.mean_y, slice.sxx, slice.sxy, slice.syy, slice.changes_max,
       (max(slice.last_changes) OVER (PARTITION BY d.pgt_id))[2] AS last_changes
  FROM freshet.definition AS d
  JOIN freshet.condition AS c USING (pgt_id)
  LEFT JOIN LATERAL (
       SELECT floor(p.end_ms / $1::bigint)::bigint AS slice, count(*) AS samples,
              avg(p.changes)::double precision AS mean_x, avg(p.ms) AS mean_y,
              regr_sxx(p.ms, p.changes) AS sxx, regr_sxy(p.ms, p.changes) AS sxy, regr_syy(p.ms, p.changes) AS syy,
              max(p.changes) AS changes_max, max(ARRAY[p.event_id, p.changes]) AS last_changes
         FROM (SELECT o.event_id, extract(epoch FROM (o.payload ->> 'end_time')::timestamptz) * 1000 AS end_ms,
                      (o.payload ->> 'delta_row_count')::bigint AS changes,
                      (o.payload ->> 'duration_ms')::double precision AS ms
                 FROM (SELECT e.event_id, e.type, e.at, e.payload FROM freshet.event AS e
                        WHERE freshet.subject_of(e.stream) = d.pgt_id
                          AND e.type IN ('RefreshCompleted', 'RefreshFailed', 'RefreshSkipped')
                          AND e.event_id > coalesce((SELECT max(r.event_id) FROM freshet.event AS r
                                                      WHERE r.stream = 'stream_table:' || d.pgt_id
                                                        AND r.type = 'StreamTableRedefined'), 0)
                        ORDER BY e.event_id DESC LIMIT $3::integer) AS o
                WHERE o.type = 'RefreshCompleted' AND o.at > to_timestamp($2::bigint / 1000.0)
                  AND o.payload ->> 'action' = 'DIFFERENTIAL' AND o.payload ->> 'delta_row_count' IS NOT NULL) AS p
        GROUP BY 1) AS slice ON true
