-- Nothing is kept for a slot that is lost.
SELECT s.slot_name, coalesce(s.bytes_behind, 0) AS bytes_behind, coalesce(s.bytes_retained, 0) AS bytes_retained
  FROM freshet.pgt_subscribers AS s
 ORDER BY 1
 LIMIT $1
