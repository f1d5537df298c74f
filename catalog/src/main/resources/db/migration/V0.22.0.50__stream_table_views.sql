-- The views of stream tables, with their publication and their SLA at the end: columns of views are only ever added there.

CREATE OR REPLACE VIEW freshet.pgt_stream_tables WITH (security_barrier) AS
SELECT d.pgt_id, coalesce(n.nspname, d.pgt_schema) AS pgt_schema, coalesce(c.relname, d.pgt_name) AS pgt_name,
       d.relid AS pgt_relid, d.defining_query, d.original_query, d.schedule, d.refresh_mode,
       s.effective_mode::text AS effective_mode, s.mode_reason, s.status::text AS status, s.is_populated, d.tier AS refresh_tier,
       s.data_timestamp, f.as_of, s.last_refresh_at, s.last_full_ms, s.consecutive_errors, s.last_error,
       d.cdc_mode, d.diamond_consistency, d.created_at, d.updated_at,
       d.append_only, d.owner, s.mode_code, s.full_reason, s.last_error_code, s.retry_at, s.suspend_reason,
       greatest(f.read_at, s.data_timestamp) AS looked_at, d.relid::bigint AS pgt_relid_number,
       d.downstream_publication_name, o.freshness_deadline_ms
  FROM freshet.definition AS d
  JOIN freshet.condition AS s USING (pgt_id)
  LEFT JOIN freshet.frontier AS f USING (pgt_id)
  LEFT JOIN freshet.objective AS o USING (pgt_id)
  LEFT JOIN pg_catalog.pg_class AS c ON c.oid = d.relid
  LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
 WHERE NOT d.hidden AND freshet.may_see(d.relid);
COMMENT ON COLUMN freshet.pgt_stream_tables.downstream_publication_name IS 'The publication that carries its changes; NULL if it is not published.';
COMMENT ON COLUMN freshet.pgt_stream_tables.freshness_deadline_ms IS 'How old its content may be, in milliseconds; NULL: nobody has said.';

CREATE OR REPLACE VIEW freshet.pg_stat_stream_tables WITH (security_barrier) AS
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
       extract(epoch FROM age.staleness)::double precision AS staleness_seconds, t.pgt_relid_number,
       t.downstream_publication_name AS downstream_publication, t.freshness_deadline_ms, freshness.met_ms / nullif(freshness.total_ms, 0) AS sla_met_ratio
  FROM freshet.pgt_stream_tables AS t
  JOIN freshet.condition AS s USING (pgt_id)
  LEFT JOIN freshet.freshness USING (pgt_id)
 CROSS JOIN LATERAL (SELECT clock_timestamp() - t.looked_at AS staleness) AS age
 CROSS JOIN LATERAL (
       SELECT percentile_cont(0.95) WITHIN GROUP (ORDER BY h.duration_ms) AS p95_duration_ms
         FROM (SELECT h.duration_ms FROM freshet.refresh_history AS h
                WHERE h.pgt_id = t.pgt_id AND h.status = 'COMPLETED'
                ORDER BY h.refresh_id DESC LIMIT 1000) AS h) AS recent;
COMMENT ON COLUMN freshet.pg_stat_stream_tables.downstream_publication IS 'The publication that carries its changes; NULL if it is not published.';
COMMENT ON COLUMN freshet.pg_stat_stream_tables.sla_met_ratio IS 'Of the time, lately about a day, the share in which it was no older than its SLA.';

-- What is known of each stream table's SLA; gap_ms: how old its content gets in its tier, best_ms: in tier hot.
CREATE VIEW freshet.pgt_objectives WITH (security_barrier) AS
SELECT d.pgt_id, d.relid, d.schedule, d.tier, coalesce(o.tier_by_hand, d.tier <> 'hot') AS tier_by_hand,
       o.freshness_deadline_ms, it.objective_ms,
       m.wait_ms, m.duration_ms, m.gap_ms, m.met_ms / nullif(m.total_ms, 0) AS met_ratio,
       (SELECT g.gap_ms FROM freshet.dispatch_gaps(freshet.schedule_interval(d.pgt_id), coalesce(m.wait_ms, 0), coalesce(m.duration_ms, 0)) AS g
         WHERE g.tier = d.tier) AS expected_ms,
       (SELECT g.gap_ms FROM freshet.dispatch_gaps(freshet.schedule_interval(d.pgt_id), coalesce(m.wait_ms, 0), coalesce(m.duration_ms, 0)) AS g
         WHERE g.tier = 'hot') AS best_ms,
       clock_timestamp() - it.looked_at AS staleness, c.status,
       greatest(m.worst_ms, m.worst_before_ms) AS worst_ms, m.budget_left, m.burn_rate, m.breach_probability,
       it.looked_at + it.objective_ms * interval '1 millisecond' AS breach_at
  FROM freshet.definition AS d
  JOIN freshet.objective AS o USING (pgt_id)
  JOIN freshet.condition AS c USING (pgt_id)
  LEFT JOIN freshet.frontier AS f USING (pgt_id)
  LEFT JOIN freshet.freshness AS m USING (pgt_id)
 -- The objective is found by a walk along the consumers: once, hence the OFFSET.
 CROSS JOIN LATERAL (SELECT freshet.objective_ms(d.pgt_id, o.freshness_deadline_ms) AS objective_ms,
                            greatest(f.read_at, c.data_timestamp) AS looked_at OFFSET 0) AS it
 WHERE o.freshness_deadline_ms IS NOT NULL AND freshet.may_see(d.relid);
COMMENT ON VIEW freshet.pgt_objectives IS 'The stream tables that have an SLA and that the caller may read.';
GRANT SELECT ON freshet.pgt_objectives TO PUBLIC;

CREATE FUNCTION freshet.sla_status()
RETURNS TABLE (stream_table text, pgt_id bigint, sla interval, tier text, tier_by_hand boolean, staleness interval, met boolean,
               last_gap interval, expected_gap interval, sla_met_ratio double precision, worst_gap interval,
               error_budget_left double precision, burn_rate double precision, breach_probability double precision, breach_at timestamptz, detail text)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT freshet.name_of(o.relid), o.pgt_id, o.freshness_deadline_ms * interval '1 millisecond', o.tier, o.tier_by_hand, o.staleness,
           o.staleness <= o.freshness_deadline_ms * interval '1 millisecond',
           o.gap_ms * interval '1 millisecond', o.expected_ms * interval '1 millisecond', o.met_ratio,
           o.worst_ms * interval '1 millisecond', o.budget_left, o.burn_rate, o.breach_probability, o.breach_at,
           CASE WHEN o.status <> 'ACTIVE' THEN 'It is ' || o.status || '.'
                WHEN o.tier = 'frozen' THEN 'It is frozen, and refreshed only when somebody asks.'
                WHEN o.best_ms IS NULL THEN 'Its schedule alone says how old its content gets.'
                WHEN o.best_ms > o.objective_ms THEN pg_catalog.format('No tier holds it: at best its content gets %s old.', freshet.duration_text(o.best_ms))
                WHEN o.expected_ms > o.objective_ms AND o.tier_by_hand THEN 'Its tier, chosen by hand, is too cold for it.'
                WHEN o.expected_ms > o.objective_ms THEN 'A hotter tier is due.'
                WHEN o.gap_ms IS NULL THEN 'Nothing has been measured yet; by its schedule alone its tier holds it.'
                WHEN o.staleness > o.freshness_deadline_ms * interval '1 millisecond' THEN pg_catalog.format(
                     'Its tier should hold it, but its content is %s old.', freshet.duration_text(1000 * extract(epoch FROM o.staleness)::double precision))
                ELSE 'Its tier holds it.' END
      FROM freshet.pgt_objectives AS o
     ORDER BY 1;
END;
COMMENT ON FUNCTION freshet.sla_status() IS 'Each SLA, whether it is met, and whether it can be.';
