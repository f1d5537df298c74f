-- As before, and with both costs for the changes that wait now: what the service would predict for them, by whichever policy.
DROP FUNCTION freshet.explain_refresh_mode(text);
CREATE FUNCTION freshet.explain_refresh_mode(name text)
RETURNS TABLE (stream_table text, next_mode text, code text, reason text, pending_changes bigint, last_full_ms double precision,
               last_differential_ms double precision, predicted_diff_ms double precision, predicted_full_ms double precision,
               missing_indexes text[])
LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH it AS MATERIALIZED (
        SELECT t.*, m.ratio, p.changes,
               CASE WHEN t.effective_mode = 'DIFFERENTIAL' AND t.refresh_mode = 'AUTO' AND m.undecided IS NOT NULL THEN pg_catalog.format(
                    ' Beyond the fixed threshold, changes of %s of the sources'' rows, it would be FULL: of the last %s minutes, %s.',
                    m.full_threshold, m.window_minutes, m.undecided) END AS by_threshold,
               freshet.predicted_diff_ms(m, p.changes) AS diff_ms,
               m.predicted_full_ms, m.full_beyond,
               t.refresh_mode = 'AUTO' AND p.changes > 0 AND freshet.predicts_full(m, p.changes) AS too_slow
          FROM freshet.pgt_stream_tables AS t
          LEFT JOIN freshet.pgt_cost_models AS m USING (pgt_id)
         CROSS JOIN LATERAL (SELECT freshet.unseen_changes(t.pgt_id) AS changes) AS p
         WHERE t.pgt_id = freshet.visible_stream_table(name)
    )
    SELECT pg_catalog.format('%I.%I', t.pgt_schema, t.pgt_name),
           CASE WHEN t.status = 'SUSPENDED' THEN NULL
                WHEN NOT t.is_populated OR t.full_reason IS NOT NULL OR t.too_slow THEN 'FULL'
                ELSE t.effective_mode END,
           CASE WHEN t.status = 'SUSPENDED' THEN 'suspended'
                WHEN NOT t.is_populated THEN 'initial'
                WHEN t.full_reason IS NULL AND t.too_slow AND t.effective_mode = 'DIFFERENTIAL' THEN 'predicted_cost_exceeds_full'
                ELSE coalesce(t.full_reason, t.mode_code) END,
           CASE WHEN t.status = 'SUSPENDED' THEN 'It is suspended' || coalesce(' (' || t.suspend_reason || ')', '')
                     || '; freshet.resume_stream_table() continues it.'
                WHEN NOT t.is_populated THEN 'It has not been populated yet.'
                WHEN t.full_reason IS NOT NULL THEN 'The next refresh must be FULL: ' || t.full_reason || '.'
                WHEN t.too_slow AND t.effective_mode = 'DIFFERENTIAL' AND t.full_beyond IS NOT NULL THEN pg_catalog.format(
                     'By differences the %s changes that wait are predicted to take %s ms, and FULL to take %s ms.',
                     t.changes, pg_catalog.round(t.diff_ms::numeric, 1), pg_catalog.round(t.predicted_full_ms::numeric, 1))
                WHEN t.too_slow AND t.effective_mode = 'DIFFERENTIAL' THEN pg_catalog.format(
                     'By differences the %s changes that wait are predicted to take %s ms, more than %s times the %s ms of the last FULL.',
                     t.changes, pg_catalog.round(t.diff_ms::numeric, 1), t.ratio, pg_catalog.round(t.last_full_ms::numeric, 1))
                ELSE coalesce(pg_catalog.rtrim(t.mode_reason, '.') || '.', 'It has not been compiled yet.') || coalesce(t.by_threshold, '') END,
           t.changes, t.last_full_ms, differential.duration_ms,
           coalesce(t.diff_ms, last.predicted_diff_ms), coalesce(t.predicted_full_ms, last.predicted_full_ms),
           ARRAY(SELECT m.statement FROM freshet.missing_indexes(name) AS m)
      FROM it AS t
      LEFT JOIN LATERAL (SELECT h.duration_ms FROM freshet.pgt_refresh_history AS h
                          WHERE h.pgt_id = t.pgt_id AND h.action = 'DIFFERENTIAL' AND h.status = 'COMPLETED'
                          ORDER BY h.refresh_id DESC LIMIT 1) AS differential ON true
      LEFT JOIN LATERAL (SELECT h.predicted_diff_ms, h.predicted_full_ms FROM freshet.pgt_refresh_history AS h
                          WHERE h.pgt_id = t.pgt_id AND h.status = 'COMPLETED'
                          ORDER BY h.refresh_id DESC LIMIT 1) AS last ON true;
END;
COMMENT ON FUNCTION freshet.explain_refresh_mode(text) IS 'Which mode the next refresh would take, why, what both modes cost, and which indexes would make it cheaper.';
