SELECT e.pgt_id, e.source_name, e.source_relid::bigint AS source_relid_number, e.source_type, e.columns_used::int[] AS columns_used, e.cdc_mode, s.pgt_id AS source_pgt_id
  FROM freshet.pgt_dependencies AS e
  LEFT JOIN freshet.pgt_stream_tables AS s ON s.pgt_relid = e.source_relid
 ORDER BY e.pgt_id, e.source_name
