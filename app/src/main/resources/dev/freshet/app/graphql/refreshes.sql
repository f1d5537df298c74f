SELECT h.refresh_id, h.pgt_id, h.data_timestamp, h.start_time, h.end_time, h.duration_ms, h.action, h.refresh_reason,
       h.rows_inserted, h.rows_updated, h.rows_deleted, h.delta_row_count, h.predicted_diff_ms, h.predicted_full_ms, h.abandoned_ms,
       h.status, h.error_code, h.error_message, h.worker, h.tick_id, h.initiated_by
  FROM freshet.pgt_refresh_history AS h
 WHERE ($1::bigint IS NULL OR h.pgt_id = $1)
   AND h.refresh_id < $2
 ORDER BY h.refresh_id DESC
 LIMIT $3
