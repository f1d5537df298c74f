-- All generations of a source together.
SELECT b.source, sum(b.bytes)::bigint AS bytes
  FROM freshet.change_buffer_sizes() AS b
 GROUP BY b.source
 ORDER BY 1
 LIMIT $1
