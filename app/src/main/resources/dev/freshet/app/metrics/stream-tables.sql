SELECT format('%I.%I', t.pgt_schema, t.pgt_name) AS name, t.looked_at, t.consecutive_errors
  FROM freshet.pgt_stream_tables AS t
 ORDER BY 1
 LIMIT $1
