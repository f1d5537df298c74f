-- As before, and with publications, their subscribers, and settings that make no sense; and it tells what is tried again by itself from what is not.
CREATE OR REPLACE FUNCTION freshet.health_check()
RETURNS TABLE (check_name text, status text, detail text, hint text)
LANGUAGE sql VOLATILE
BEGIN ATOMIC
    WITH t AS MATERIALIZED (
        SELECT pg_catalog.format('%I.%I', s.pgt_schema, s.pgt_name) AS name, s.* FROM freshet.pg_stat_stream_tables AS s
    ), finding (rank, check_name, bad, severity, found, hint) AS (
        SELECT 1, 'service', NOT EXISTS (
                   SELECT FROM pg_catalog.pg_locks AS l
                    WHERE l.locktype = 'advisory' AND l.classid = 1718775923 AND l.objid = 0 AND l.objsubid = 2 AND l.granted
                      AND l.database = (SELECT d.oid FROM pg_catalog.pg_database AS d WHERE d.datname = pg_catalog.current_database())),
               'ERROR', 'no service is at work on this database', 'Start it: freshet serve --url …'
        UNION ALL
        SELECT 2, 'cluster', NOT freshet.same_cluster(), 'ERROR', 'this is a copy of the database that was installed in',
               'freshet serve notices it when it starts, and refreshes every stream table in full.'
        UNION ALL
        SELECT 3, 'failing', count(*) > 0, 'ERROR', pg_catalog.string_agg(t.name || ': ' || coalesce(t.last_error, '?'), '; ' ORDER BY t.name),
               CASE WHEN bool_and(t.retry_at IS NOT NULL) THEN 'It is tried again by itself; SELECT * FROM freshet.pgt_refresh_history shows each attempt.'
                    ELSE 'What has no retry_at in freshet.pg_stat_stream_tables waits for a command: freshet.alter_stream_table(), or freshet.repair_stream_table() once the cause is gone.' END
          FROM t WHERE t.status = 'ERROR'
        UNION ALL
        SELECT 4, 'suspended', count(*) > 0, 'WARNING', pg_catalog.string_agg(t.name || coalesce(': ' || t.last_error, ''), '; ' ORDER BY t.name),
               'SELECT freshet.resume_stream_table(name) continues it.'
          FROM t WHERE t.status = 'SUSPENDED'
        UNION ALL
        SELECT 5, 'stale', count(*) > 0, 'WARNING', pg_catalog.string_agg(t.name, '; ' ORDER BY t.name),
               'It is older than its schedule allows: is the service running, and is it keeping up?'
          FROM t WHERE t.stale AND t.is_populated AND t.status = 'ACTIVE' AND t.refresh_tier <> 'frozen'
        UNION ALL
        SELECT 6, 'populating', count(*) > 0, 'WARNING', pg_catalog.string_agg(t.name, '; ' ORDER BY t.name),
               'SELECT * FROM freshet.population_progress() shows how far it has come.'
          FROM t WHERE t.status = 'INITIALIZING'
        UNION ALL
        SELECT 7, 'dropped', count(*) > 0, 'WARNING', pg_catalog.string_agg(t.name, '; ' ORDER BY t.name),
               'The table was dropped; the service cleans up after it.'
          FROM t WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_class AS c WHERE c.oid = t.pgt_relid)
        UNION ALL
        SELECT 8, 'buffers', count(*) > 0, 'WARNING',
               pg_catalog.string_agg(b.source || ' ' || b.size, '; ' ORDER BY b.bytes DESC),
               'Changes wait for a stream table that is not refreshed, or for a long transaction to end.'
          FROM freshet.change_buffer_sizes() AS b WHERE b.bytes > 1073741824
        UNION ALL
        SELECT 9, p.check_name, p.bad, p.severity, p.found, p.hint FROM freshet.publication_findings() AS p
        UNION ALL
        SELECT 10, 'settings', count(*) > 0, 'WARNING',
               pg_catalog.string_agg(r.name || ' = ' || pg_catalog.quote_literal(r.value) || ' is not ' || r.expected, '; ' ORDER BY r.name),
               'What was in force before stays so. ALTER DATABASE … SET it to another value, or RESET it.'
          FROM freshet.refused_settings() AS r
    )
    SELECT f.check_name, CASE WHEN f.bad THEN f.severity ELSE 'OK' END, CASE WHEN f.bad THEN f.found END,
           CASE WHEN f.bad THEN f.hint END
      FROM finding AS f ORDER BY f.rank, f.check_name;
END;
