-- Which policy predicts, and what the second one knows: what FULL would take now, beyond how many changes it is cheaper,
-- and how far off the prediction may be. Of a model that is no line, slope and intercept are those of the line that stands
-- for it near the number of changes that were read last.

ALTER TABLE freshet.cost_model
    ADD COLUMN policy      text NOT NULL DEFAULT 'regression',
    ADD COLUMN uncertainty double precision,
    ADD COLUMN full_ms     double precision,
    ADD COLUMN full_beyond bigint;

CREATE OR REPLACE VIEW freshet.pgt_cost_models WITH (security_barrier) AS
SELECT m.pgt_id, m.samples, m.slope, m.intercept, m.r_squared, m.decides, m.changes_max, m.undecided, m.last_changes, m.overrun_changes,
       m.overrun_ms, m.window_minutes, m.ratio, m.samples_min, m.full_threshold, m.fitted_at,
       s.last_full_ms, coalesce(m.full_ms, s.last_full_ms) * m.ratio AS limit_ms,
       (SELECT sum(greatest(c.reltuples, 0)) FROM freshet.dependency AS e JOIN pg_catalog.pg_class AS c ON c.oid = e.source_relid
         WHERE e.pgt_id = m.pgt_id)::double precision AS source_rows,
       m.policy, m.uncertainty, coalesce(m.full_ms, s.last_full_ms) AS predicted_full_ms, m.full_beyond
  FROM freshet.cost_model AS m
  JOIN freshet.definition AS d USING (pgt_id)
  JOIN freshet.condition AS s USING (pgt_id)
 WHERE freshet.may_see(d.relid);

-- As CostForecast has it: whether so many changes are better computed whole.
CREATE FUNCTION freshet.predicts_full(model freshet.pgt_cost_models, changes bigint) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN (model).decides AND (changes <= coalesce((model).changes_max, changes) OR changes >= (model).overrun_changes)
   AND CASE WHEN (model).full_beyond IS NULL THEN freshet.predicted_diff_ms(model, changes) > (model).limit_ms
            ELSE changes > (model).full_beyond OR coalesce(changes >= (model).overrun_changes AND (model).overrun_ms > (model).limit_ms, false) END;

CREATE OR REPLACE VIEW freshet.df_threshold_advice WITH (security_barrier) AS
SELECT t.pgt_id, t.pgt_name, coalesce(m.samples, 0) AS samples, m.slope, m.intercept, m.r_squared, t.last_full_ms,
       CASE WHEN m.decides AND m.last_changes IS NOT NULL THEN freshet.predicted_diff_ms(m, m.last_changes) END AS predicted_diff_ms,
       m.predicted_full_ms,
       CASE WHEN t.effective_mode = 'FULL' THEN 'FULL'
            WHEN NOT m.decides THEN NULL
            WHEN freshet.predicts_full(m, m.last_changes) THEN 'FULL'
            ELSE 'DIFFERENTIAL' END AS recommended_mode,
       CASE WHEN m.decides IS NOT TRUE THEN 'none'
            WHEN m.full_beyond IS NOT NULL THEN CASE WHEN m.uncertainty <= 0.1 THEN 'high' WHEN m.uncertainty <= 0.3 THEN 'medium' ELSE 'low' END
            WHEN m.r_squared >= 0.9 AND m.samples >= 30 THEN 'high'
            WHEN m.r_squared >= 0.5 THEN 'medium'
            ELSE 'low' END AS confidence,
       CASE WHEN NOT m.decides OR m.source_rows IS NULL OR m.source_rows = 0 THEN NULL
            WHEN m.full_beyond IS NOT NULL THEN least(1, m.full_beyond / m.source_rows)
            WHEN m.slope > 0 THEN least(1, greatest(0, (m.limit_ms - m.intercept) / m.slope / m.source_rows)) END AS recommended_threshold,
       m.full_threshold AS current_threshold, past.regret, m.policy
  FROM freshet.pgt_stream_tables AS t
  LEFT JOIN freshet.pgt_cost_models AS m USING (pgt_id)
 CROSS JOIN LATERAL (
       SELECT sum(h.spent_ms) / nullif(sum(least(h.spent_ms, h.other_ms)), 0) - 1 AS regret
         FROM (SELECT r.duration_ms + coalesce(r.abandoned_ms, 0) AS spent_ms, r.start_time,
                      CASE WHEN r.abandoned_ms IS NOT NULL THEN r.duration_ms
                           WHEN r.action = 'DIFFERENTIAL' THEN r.predicted_full_ms
                           WHEN r.action = 'FULL' THEN r.predicted_diff_ms END AS other_ms
                 FROM freshet.refresh_history AS r
                WHERE r.pgt_id = t.pgt_id AND r.status = 'COMPLETED'
                ORDER BY r.refresh_id DESC LIMIT 1000) AS h
        WHERE h.other_ms IS NOT NULL AND h.start_time > clock_timestamp() - m.window_minutes * interval '1 minute') AS past;
COMMENT ON COLUMN freshet.df_threshold_advice.policy IS 'Which predicts: regression or two-arm.';

-- As before, by whichever policy predicts.
CREATE OR REPLACE FUNCTION freshet.explain_refresh_mode(name text)
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
