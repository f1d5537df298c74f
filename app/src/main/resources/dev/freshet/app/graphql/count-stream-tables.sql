SELECT count(*) AS n FROM freshet.pg_stat_stream_tables AS t
 WHERE ($1::text IS NULL OR t.status = $1)
   AND ($2::text IS NULL OR t.effective_mode = $2)
   AND ($3::text IS NULL OR t.pgt_schema = $3)
   AND ($4::text IS NULL OR position(lower($4) IN lower(t.pgt_schema || '.' || t.pgt_name)) > 0)
   AND ($5::boolean IS NULL OR t.stale = $5)
