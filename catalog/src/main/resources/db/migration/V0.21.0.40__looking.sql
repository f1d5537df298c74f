-- What people look at. The views run with the rights of the service's role and show a row to those who may read the
-- stream table; the functions beside them run with the rights of who calls and read the views only.

GRANT USAGE ON SCHEMA freshet TO PUBLIC;

-- Evaluated as the caller, also inside a view.
CREATE FUNCTION freshet.may_see(relation oid) RETURNS boolean
LANGUAGE sql STABLE
RETURN coalesce(pg_catalog.has_table_privilege(relation, 'SELECT'), false)
    OR freshet.is_administrator(pg_catalog.quote_ident(current_user)::pg_catalog.regrole::oid);
COMMENT ON FUNCTION freshet.may_see(oid) IS 'Whether the caller may look at this stream table.';

CREATE VIEW freshet.pgt_stream_tables WITH (security_barrier) AS
SELECT d.pgt_id, coalesce(n.nspname, d.pgt_schema) AS pgt_schema, coalesce(c.relname, d.pgt_name) AS pgt_name,
       d.relid AS pgt_relid, d.defining_query, d.original_query, d.schedule, d.refresh_mode,
       s.effective_mode::text AS effective_mode, s.mode_reason, s.status::text AS status, s.is_populated, d.tier AS refresh_tier,
       s.data_timestamp, f.as_of, s.last_refresh_at, s.last_full_ms, s.consecutive_errors, s.last_error,
       d.cdc_mode, d.diamond_consistency, d.created_at, d.updated_at,
       d.append_only, d.owner, s.mode_code, s.full_reason, s.last_error_code, s.retry_at, s.suspend_reason,
       greatest(f.read_at, s.data_timestamp) AS looked_at, d.relid::bigint AS pgt_relid_number
  FROM freshet.definition AS d
  JOIN freshet.condition AS s USING (pgt_id)
  LEFT JOIN freshet.frontier AS f USING (pgt_id)
  LEFT JOIN pg_catalog.pg_class AS c ON c.oid = d.relid
  LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
 WHERE NOT d.hidden AND freshet.may_see(d.relid);
COMMENT ON VIEW freshet.pgt_stream_tables IS 'The stream tables that the caller may read.';
COMMENT ON COLUMN freshet.pgt_stream_tables.as_of IS 'The snapshot of the database at which it equals its defining query.';
COMMENT ON COLUMN freshet.pgt_stream_tables.looked_at IS 'When it was last refreshed, or looked at and found fresh.';

CREATE VIEW freshet.pgt_refresh_history WITH (security_barrier) AS
SELECT h.refresh_id, h.pgt_id, h.data_timestamp, h.start_time, h.end_time, h.duration_ms, h.action,
       h.refresh_reason,
       h.rows_inserted, h.rows_updated, h.rows_deleted, h.delta_row_count, h.predicted_diff_ms, h.predicted_full_ms,
       h.status, h.error_code, h.error_message, h.worker, h.tick_id, h.initiated_by,
       h.freshness_deadline
  FROM freshet.refresh_history AS h
  LEFT JOIN freshet.definition AS d USING (pgt_id)
 WHERE d.hidden IS NOT TRUE AND freshet.may_see(d.relid);
COMMENT ON VIEW freshet.pgt_refresh_history IS 'The refreshes of the stream tables that the caller may read, as far back as the retention.';

-- What a stream table reads through the hidden ones that hold its operators' state, it reads.
CREATE VIEW freshet.pgt_dependencies WITH (security_barrier) AS
WITH RECURSIVE edge (pgt_id, source_relid, source_type, columns_used, cdc_mode) AS (
    SELECT e.pgt_id, e.source_relid, e.source_type, e.columns_used, e.cdc_mode
      FROM freshet.dependency AS e
      JOIN freshet.definition AS d USING (pgt_id)
     WHERE NOT d.hidden AND freshet.may_see(d.relid)
    UNION
    SELECT edge.pgt_id, e.source_relid, e.source_type, e.columns_used, e.cdc_mode
      FROM edge
      JOIN freshet.definition AS h ON h.relid = edge.source_relid AND h.hidden
      JOIN freshet.dependency AS e ON e.pgt_id = h.pgt_id
)
SELECT edge.pgt_id, edge.source_relid, min(edge.source_type) AS source_type,
       coalesce(array_agg(DISTINCT used.attnum ORDER BY used.attnum) FILTER (WHERE used.attnum IS NOT NULL), '{}') AS columns_used,
       min(edge.cdc_mode) AS cdc_mode,
       freshet.name_of(edge.source_relid) AS source_name, edge.source_relid::bigint AS source_relid_number
  FROM edge
  LEFT JOIN LATERAL unnest(edge.columns_used) AS used (attnum) ON true
 WHERE NOT EXISTS (SELECT FROM freshet.definition AS h WHERE h.relid = edge.source_relid AND h.hidden)
 GROUP BY edge.pgt_id, edge.source_relid;
COMMENT ON VIEW freshet.pgt_dependencies IS 'What each stream table reads.';

-- With the hidden ones, which people should not have to know: for the functions below.
CREATE VIEW freshet.pgt_graph WITH (security_barrier) AS
SELECT d.pgt_id, d.relid, d.pgt_schema, d.pgt_name, d.hidden, d.parent_id, s.status::text AS status,
       s.effective_mode::text AS effective_mode, d.schedule,
       e.source_relid, e.source_type
  FROM freshet.definition AS d
  JOIN freshet.condition AS s USING (pgt_id)
  LEFT JOIN freshet.dependency AS e USING (pgt_id)
  LEFT JOIN freshet.definition AS p ON p.pgt_id = d.parent_id
 WHERE freshet.may_see(CASE WHEN d.hidden THEN p.relid ELSE d.relid END);
COMMENT ON VIEW freshet.pgt_graph IS 'The edges of the graph, with the stream tables that hold an operator''s state.';

-- How often a stream table wants to be refreshed: its schedule, or the shortest of those that read it. NULL for cron.
CREATE FUNCTION freshet.schedule_interval(about bigint) RETURNS interval
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    WITH RECURSIVE consumer (pgt_id, relid, schedule) AS (
        SELECT d.pgt_id, d.relid, d.schedule FROM freshet.definition AS d WHERE d.pgt_id = about
        UNION
        SELECT d.pgt_id, d.relid, d.schedule
          FROM consumer AS c
          JOIN freshet.dependency AS e ON e.source_relid = c.relid
          JOIN freshet.definition AS d ON d.pgt_id = e.pgt_id
         WHERE c.schedule = 'calculated'
    )
    SELECT coalesce(min(freshet.duration_ms(c.schedule)), CASE WHEN bool_and(c.schedule = 'calculated') THEN 1000 END)
           * interval '1 millisecond'
      FROM consumer AS c
$$;
COMMENT ON FUNCTION freshet.schedule_interval(bigint) IS 'How often a stream table is refreshed; NULL if a cron expression says when.';

CREATE VIEW freshet.pg_stat_stream_tables WITH (security_barrier) AS
SELECT t.pgt_id, t.pgt_schema, t.pgt_name, t.pgt_relid, t.defining_query, t.original_query, t.schedule, t.refresh_mode,
       t.effective_mode, t.mode_reason, t.status, t.is_populated, t.refresh_tier, t.data_timestamp, t.as_of,
       t.last_refresh_at, t.last_full_ms, t.consecutive_errors, t.last_error, t.cdc_mode, t.diamond_consistency,
       t.created_at, t.updated_at,
       s.total_refreshes, s.successful_refreshes, s.failed_refreshes,
       s.total_duration_ms / nullif(s.successful_refreshes, 0) AS avg_duration_ms, recent.p95_duration_ms,
       s.rows_inserted, s.rows_updated, s.rows_deleted,
       age.staleness,
       NOT t.is_populated OR coalesce(age.staleness > 2 * freshet.schedule_interval(t.pgt_id) + interval '10 seconds', false) AS stale,
       ARRAY(SELECT DISTINCT e.cdc_mode FROM freshet.dependency AS e WHERE e.pgt_id = t.pgt_id ORDER BY e.cdc_mode) AS cdc_modes,
       t.append_only, t.owner, t.mode_code, t.full_reason, t.last_error_code, t.retry_at, t.suspend_reason,
       extract(epoch FROM age.staleness)::double precision AS staleness_seconds, t.pgt_relid_number
  FROM freshet.pgt_stream_tables AS t
  JOIN freshet.condition AS s USING (pgt_id)
 CROSS JOIN LATERAL (SELECT clock_timestamp() - t.looked_at AS staleness) AS age
 CROSS JOIN LATERAL (
       SELECT percentile_cont(0.95) WITHIN GROUP (ORDER BY h.duration_ms) AS p95_duration_ms
         FROM (SELECT h.duration_ms FROM freshet.refresh_history AS h
                WHERE h.pgt_id = t.pgt_id AND h.status = 'COMPLETED'
                ORDER BY h.refresh_id DESC LIMIT 1000) AS h) AS recent;
COMMENT ON VIEW freshet.pg_stat_stream_tables IS 'The stream tables that the caller may read, with their figures.';
COMMENT ON COLUMN freshet.pg_stat_stream_tables.p95_duration_ms IS 'Of the last 1,000 completed refreshes.';
COMMENT ON COLUMN freshet.pg_stat_stream_tables.stale IS 'Not populated, or older than twice its schedule and ten seconds.';

GRANT SELECT ON freshet.pgt_stream_tables, freshet.pgt_refresh_history, freshet.pgt_dependencies, freshet.pgt_graph,
    freshet.pg_stat_stream_tables TO PUBLIC;
