-- What the latest refreshes of each stream table's present definition took, the first of them first.
--   $1  of each stream table, only so many: the latest
SELECT d.pgt_id, o.changes, o.ms
  FROM freshet.definition AS d
 CROSS JOIN LATERAL (
       SELECT e.event_id, (e.payload ->> 'duration_ms')::double precision AS ms,
              CASE e.payload ->> 'action' WHEN 'DIFFERENTIAL' THEN (e.payload ->> 'delta_row_count')::bigint END AS changes
         FROM freshet.event AS e
        WHERE freshet.subject_of(e.stream) = d.pgt_id AND e.type IN ('RefreshCompleted', 'RefreshFailed', 'RefreshSkipped')
          AND e.type = 'RefreshCompleted'
          AND (e.payload ->> 'action' IN ('FULL', 'REINITIALIZE')
               OR e.payload ->> 'action' = 'DIFFERENTIAL' AND e.payload ->> 'delta_row_count' IS NOT NULL)
          AND e.event_id > coalesce((SELECT max(r.event_id) FROM freshet.event AS r
                                      WHERE r.stream = 'stream_table:' || d.pgt_id AND r.type = 'StreamTableRedefined'), 0)
        ORDER BY e.event_id DESC LIMIT $1::integer) AS o
 ORDER BY d.pgt_id, o.event_id
