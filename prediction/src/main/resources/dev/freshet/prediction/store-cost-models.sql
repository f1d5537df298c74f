-- Whose definition is gone has nothing to be known of; what was known goes at the next writing.
WITH gone AS (
    DELETE FROM freshet.cost_model AS m
     WHERE NOT EXISTS (SELECT FROM freshet.definition AS d WHERE d.pgt_id = m.pgt_id)
)
INSERT INTO freshet.cost_model
SELECT (jsonb_populate_record(NULL::freshet.cost_model, found.value || jsonb_build_object('fitted_at', clock_timestamp()))).*
  FROM jsonb_array_elements($1::text::jsonb) AS found (value)
  JOIN freshet.definition AS d ON d.pgt_id = (found.value ->> 'pgt_id')::bigint
    ON CONFLICT (pgt_id) DO UPDATE
   SET (policy, uncertainty, full_ms, full_beyond, samples, slope, intercept, r_squared, decides, changes_max, undecided, last_changes, overrun_changes, overrun_ms,
        window_minutes, ratio, samples_min, full_threshold, fitted_at)
     = (excluded.policy, excluded.uncertainty, excluded.full_ms, excluded.full_beyond, excluded.samples, excluded.slope, excluded.intercept, excluded.r_squared, excluded.decides, excluded.changes_max,
        excluded.undecided, excluded.last_changes, excluded.overrun_changes, excluded.overrun_ms, excluded.window_minutes,
        excluded.ratio, excluded.samples_min, excluded.full_threshold, excluded.fitted_at)
