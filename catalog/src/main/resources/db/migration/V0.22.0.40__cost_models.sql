-- What the service has learned of the costs of refreshing each stream table, for people to look at. The service decides
-- from memory, and makes this anew from the history; it is not projected, and losing it costs nothing.

CREATE TABLE freshet.cost_model (
    pgt_id         bigint PRIMARY KEY,
    samples        bigint NOT NULL,
    slope          double precision,
    intercept      double precision,
    r_squared      double precision,
    -- Whether the line decides, and up to how many changes; else the fixed threshold does, for this reason.
    decides        boolean NOT NULL,
    changes_max    bigint,
    undecided      text,
    -- How many changes the last refresh by differences read.
    last_changes   bigint,
    window_minutes integer NOT NULL,
    ratio          double precision NOT NULL,
    samples_min    integer NOT NULL,
    full_threshold double precision NOT NULL,
    fitted_at      timestamptz NOT NULL
);
COMMENT ON TABLE freshet.cost_model IS 'What refreshing by differences was found to cost, by the number of changes.';

CREATE VIEW freshet.pgt_cost_models WITH (security_barrier) AS
SELECT m.*, s.last_full_ms, s.last_full_ms * m.ratio AS limit_ms,
       (SELECT sum(greatest(c.reltuples, 0)) FROM freshet.dependency AS e JOIN pg_catalog.pg_class AS c ON c.oid = e.source_relid
         WHERE e.pgt_id = m.pgt_id)::double precision AS source_rows
  FROM freshet.cost_model AS m
  JOIN freshet.definition AS d USING (pgt_id)
  JOIN freshet.condition AS s USING (pgt_id)
 WHERE freshet.may_see(d.relid);
COMMENT ON VIEW freshet.pgt_cost_models IS 'What the service has learned of the costs of refreshing each stream table.';

-- Regret: what was spent beyond the cheaper way, as a share of it, as far as the refreshes of the window say what the other
-- way would have cost.
CREATE VIEW freshet.df_threshold_advice WITH (security_barrier) AS
SELECT t.pgt_id, t.pgt_name, coalesce(m.samples, 0) AS samples, m.slope, m.intercept, m.r_squared, t.last_full_ms,
       expected.predicted_diff_ms, CASE WHEN m.pgt_id IS NOT NULL THEN t.last_full_ms END AS predicted_full_ms,
       CASE WHEN t.effective_mode = 'FULL' THEN 'FULL'
            WHEN NOT m.decides THEN NULL
            WHEN expected.predicted_diff_ms > m.limit_ms THEN 'FULL'
            ELSE 'DIFFERENTIAL' END AS recommended_mode,
       CASE WHEN m.decides IS NOT TRUE THEN 'none'
            WHEN m.r_squared >= 0.9 AND m.samples >= 30 THEN 'high'
            WHEN m.r_squared >= 0.5 THEN 'medium'
            ELSE 'low' END AS confidence,
       CASE WHEN m.decides AND m.slope > 0 AND m.source_rows > 0
            THEN least(1, greatest(0, (m.limit_ms - m.intercept) / m.slope / m.source_rows)) END AS recommended_threshold,
       m.full_threshold AS current_threshold, past.regret
  FROM freshet.pgt_stream_tables AS t
  LEFT JOIN freshet.pgt_cost_models AS m USING (pgt_id)
 CROSS JOIN LATERAL (
       SELECT CASE WHEN m.decides AND m.last_changes IS NOT NULL THEN greatest(0, m.intercept + m.slope * m.last_changes) END AS predicted_diff_ms) AS expected
 CROSS JOIN LATERAL (
       SELECT sum(h.duration_ms) / nullif(sum(least(h.duration_ms, h.other_ms)), 0) - 1 AS regret
         FROM (SELECT r.duration_ms, r.start_time,
                      CASE r.action WHEN 'DIFFERENTIAL' THEN r.predicted_full_ms WHEN 'FULL' THEN r.predicted_diff_ms END AS other_ms
                 FROM freshet.refresh_history AS r
                WHERE r.pgt_id = t.pgt_id AND r.status = 'COMPLETED'
                ORDER BY r.refresh_id DESC LIMIT 1000) AS h
        WHERE h.other_ms IS NOT NULL AND h.start_time > clock_timestamp() - m.window_minutes * interval '1 minute') AS past;
COMMENT ON VIEW freshet.df_threshold_advice IS 'What refreshing each stream table by differences costs, and where FULL is cheaper.';
COMMENT ON COLUMN freshet.df_threshold_advice.predicted_diff_ms IS 'For as many changes as the last refresh by differences read.';
COMMENT ON COLUMN freshet.df_threshold_advice.recommended_mode IS 'NULL while the fixed threshold decides.';
COMMENT ON COLUMN freshet.df_threshold_advice.recommended_threshold IS 'The share of the sources'' rows beyond which FULL is chosen.';

GRANT SELECT ON freshet.pgt_cost_models, freshet.df_threshold_advice TO PUBLIC;
REVOKE ALL ON freshet.cost_model FROM PUBLIC;
