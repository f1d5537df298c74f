SELECT format('%I.%I', t.pgt_schema, t.pgt_name) AS name, t.looked_at, t.consecutive_errors, o.met_ratio, o.budget_left, o.burn_rate
  FROM freshet.pgt_stream_tables AS t
  LEFT JOIN freshet.pgt_objectives AS o USING (pgt_id)
 ORDER BY 1
 LIMIT $1
