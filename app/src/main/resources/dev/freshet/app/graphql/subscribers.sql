SELECT slot_name, publications::text[] AS publications, active, bytes_behind, bytes_retained, wal_status, safe_wal_size, inactive_since, risk,
       invalidation_reason, failover
  FROM freshet.pgt_subscribers
 ORDER BY slot_name
