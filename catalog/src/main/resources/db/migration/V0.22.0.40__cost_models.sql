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
    -- A refresh by differences of so many was given up after so long, which counts for the next few.
    overrun_changes bigint,
    overrun_ms     double precision,
    window_minutes integer NOT NULL,
    ratio          double precision NOT NULL,
    samples_min    integer NOT NULL,
    full_threshold double precision NOT NULL,
    fitted_at      timestamptz NOT NULL,
    -- Which policy predicts; of a model of both ways how far off it may be, what FULL would take now, and beyond how many changes it is
    -- cheaper. Slope and intercept are then those of the line that stands for it near the number of changes that were read last.
    policy         text NOT NULL,
    uncertainty    double precision,
    full_ms        double precision,
    full_beyond    bigint
);
COMMENT ON TABLE freshet.cost_model IS 'What refreshing by differences was found to cost, by the number of changes.';

CREATE VIEW freshet.pgt_cost_models WITH (security_barrier) AS
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
COMMENT ON VIEW freshet.pgt_cost_models IS 'What the service has learned of the costs of refreshing each stream table.';

-- With how long a refresh was tried by differences that took so much longer than predicted that it was done whole.
CREATE OR REPLACE VIEW freshet.refresh_history AS
SELECT e.event_id AS refresh_id, freshet.subject_of(e.stream) AS pgt_id,
       (e.payload ->> 'data_timestamp')::timestamptz AS data_timestamp,
       (e.payload ->> 'start_time')::timestamptz AS start_time,
       (e.payload ->> 'end_time')::timestamptz AS end_time,
       (e.payload ->> 'duration_ms')::double precision AS duration_ms,
       CASE e.type WHEN 'RefreshSkipped' THEN 'SKIP' ELSE e.payload ->> 'action' END AS action,
       e.payload ->> 'refresh_reason' AS refresh_reason,
       coalesce((e.payload ->> 'rows_inserted')::bigint, 0) AS rows_inserted,
       coalesce((e.payload ->> 'rows_updated')::bigint, 0) AS rows_updated,
       coalesce((e.payload ->> 'rows_deleted')::bigint, 0) AS rows_deleted,
       (e.payload ->> 'delta_row_count')::bigint AS delta_row_count,
       (e.payload ->> 'predicted_diff_ms')::double precision AS predicted_diff_ms,
       (e.payload ->> 'predicted_full_ms')::double precision AS predicted_full_ms,
       CASE e.type WHEN 'RefreshCompleted' THEN 'COMPLETED' WHEN 'RefreshFailed' THEN 'ERROR' ELSE 'SKIPPED' END AS status,
       e.payload ->> 'error_code' AS error_code, e.payload ->> 'error_message' AS error_message,
       e.payload ->> 'worker' AS worker, (e.payload ->> 'tick_id')::bigint AS tick_id,
       e.payload ->> 'initiated_by' AS initiated_by,
       (e.payload ->> 'freshness_deadline')::timestamptz AS freshness_deadline,
       (e.payload ->> 'abandoned_ms')::double precision AS abandoned_ms
  FROM freshet.event AS e
 WHERE e.type IN ('RefreshCompleted', 'RefreshFailed', 'RefreshSkipped');
CREATE OR REPLACE VIEW freshet.pgt_refresh_history WITH (security_barrier) AS
SELECT h.refresh_id, h.pgt_id, h.data_timestamp, h.start_time, h.end_time, h.duration_ms, h.action,
       h.refresh_reason,
       h.rows_inserted, h.rows_updated, h.rows_deleted, h.delta_row_count, h.predicted_diff_ms, h.predicted_full_ms,
       h.status, h.error_code, h.error_message, h.worker, h.tick_id, h.initiated_by,
       h.freshness_deadline, h.abandoned_ms
  FROM freshet.refresh_history AS h
  LEFT JOIN freshet.definition AS d USING (pgt_id)
 WHERE d.hidden IS NOT TRUE AND freshet.may_see(d.relid);
COMMENT ON COLUMN freshet.pgt_refresh_history.abandoned_ms IS 'How long it was tried by differences before, and given up (cost_overrun).';

-- As CostForecast has it.
CREATE FUNCTION freshet.predicted_diff_ms(model freshet.pgt_cost_models, changes bigint) RETURNS double precision
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN CASE WHEN (model).decides THEN greatest(0, (model).intercept + (model).slope * changes,
                                               CASE WHEN changes >= (model).overrun_changes THEN (model).overrun_ms END) END;

-- As CostForecast has it: whether so many changes are better computed whole.
CREATE FUNCTION freshet.predicts_full(model freshet.pgt_cost_models, changes bigint) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN (model).decides AND (changes <= coalesce((model).changes_max, changes) OR changes >= (model).overrun_changes)
   AND CASE WHEN (model).full_beyond IS NULL THEN freshet.predicted_diff_ms(model, changes) > (model).limit_ms
            ELSE changes > (model).full_beyond OR coalesce(changes >= (model).overrun_changes AND (model).overrun_ms > (model).limit_ms, false) END;

-- Regret: what was spent beyond the cheaper way, as a share of it, as far as the refreshes of the window say what the other
-- way would have cost.
CREATE VIEW freshet.df_threshold_advice WITH (security_barrier) AS
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
COMMENT ON VIEW freshet.df_threshold_advice IS 'What refreshing each stream table by differences costs, and where FULL is cheaper.';
COMMENT ON COLUMN freshet.df_threshold_advice.predicted_diff_ms IS 'For as many changes as the last refresh by differences read.';
COMMENT ON COLUMN freshet.df_threshold_advice.recommended_mode IS 'NULL while the fixed threshold decides.';
COMMENT ON COLUMN freshet.df_threshold_advice.recommended_threshold IS 'The share of the sources'' rows beyond which FULL is chosen.';
COMMENT ON COLUMN freshet.df_threshold_advice.policy IS 'Which predicts: regression or two-arm.';

GRANT SELECT ON freshet.pgt_cost_models, freshet.df_threshold_advice TO PUBLIC;
REVOKE ALL ON freshet.cost_model FROM PUBLIC;
