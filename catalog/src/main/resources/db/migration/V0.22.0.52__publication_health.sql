-- The findings of health_check about publications and those who follow them; of what the caller may see.
CREATE FUNCTION freshet.publication_findings()
RETURNS TABLE (check_name text, bad boolean, severity text, found text, hint text)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT 'publications', count(*) > 0, 'ERROR',
           pg_catalog.string_agg(f.publication || ': ' || f.fault, '; ' ORDER BY f.publication, f.rank),
           'Somebody has changed them; the service mends them, and says in its alerts if it cannot. Subscribers may have missed changes.'
      FROM freshet.pgt_publication_faults AS f
    UNION ALL
    SELECT 'wal_level', count(*) > 0 AND pg_catalog.current_setting('wal_level') <> 'logical', 'WARNING',
           'nobody can subscribe: wal_level is ' || pg_catalog.current_setting('wal_level'),
           'ALTER SYSTEM SET wal_level = logical; and restart the server.'
      FROM freshet.pgt_stream_tables AS t WHERE t.downstream_publication_name IS NOT NULL
    UNION ALL
    SELECT 'subscribers', count(*) > 0, CASE WHEN pg_catalog.bool_or(s.risk <> 'growing') THEN 'ERROR' ELSE 'WARNING' END,
           pg_catalog.string_agg(s.slot_name || ' ' || s.risk || ', ' || coalesce(pg_catalog.pg_size_pretty(s.bytes_retained), 'nothing') || ' kept', '; '
                                 ORDER BY s.slot_name),
           'Let the subscriber of the slot run, or drop the slot if there is none any more: SELECT pg_drop_replication_slot(slot_name).'
      FROM freshet.pgt_subscribers AS s WHERE s.risk <> 'none';
END;
COMMENT ON FUNCTION freshet.publication_findings() IS 'What health_check says of publications and subscribers.';
