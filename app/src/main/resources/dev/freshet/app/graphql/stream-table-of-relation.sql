SELECT t.pgt_id, format('%I.%I', t.pgt_schema, t.pgt_name) AS name, t.pgt_schema, t.pgt_name, t.pgt_relid_number, o.owner,
       t.defining_query, t.original_query, t.schedule, t.refresh_mode, t.effective_mode, t.mode_reason, t.status, o.suspend_reason,
       t.is_populated, t.refresh_tier, t.freshness_deadline_ms, t.sla_met_ratio, t.data_timestamp, t.as_of::text AS as_of, t.last_refresh_at, t.last_full_ms,
       t.consecutive_errors, t.last_error, o.last_error_code, o.retry_at, t.cdc_mode, t.cdc_modes, t.diamond_consistency,
       o.append_only, t.created_at, t.updated_at, t.total_refreshes, t.successful_refreshes, t.failed_refreshes,
       t.avg_duration_ms, t.p95_duration_ms, t.rows_inserted, t.rows_updated, t.rows_deleted,
       (SELECT greatest(pg_stat_get_live_tuples(c.oid), c.reltuples)::bigint FROM pg_class AS c WHERE c.oid = t.pgt_relid) AS rows_estimated,
       extract(epoch FROM t.staleness)::double precision AS staleness_seconds, t.stale, t.downstream_publication
  FROM freshet.pg_stat_stream_tables AS t
  JOIN freshet.pgt_stream_tables AS o USING (pgt_id)
 WHERE t.pgt_relid_number = $1
