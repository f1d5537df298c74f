-- What the pool of workers is at.

-- What only the coordinator knows: one row, written when it changes, at most once a second.
CREATE TABLE freshet.worker_pool (
    only_one        boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    workers         integer NOT NULL,  -- components that may be refreshed at the same time
    queue_depth     integer NOT NULL,  -- components that have work and wait
    longest_wait_ms bigint NOT NULL,   -- of those that wait
    mean_wait_ms    bigint NOT NULL,   -- of those that lately got a worker
    reported_at     timestamptz NOT NULL
) WITH (fillfactor = 10);
COMMENT ON TABLE freshet.worker_pool IS 'The queue before the workers, as the coordinator last told it.';

CREATE FUNCTION freshet.report_worker_pool(workers integer, queue_depth integer, longest_wait_ms bigint, mean_wait_ms bigint) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO freshet.worker_pool AS p (workers, queue_depth, longest_wait_ms, mean_wait_ms, reported_at)
    VALUES (workers, queue_depth, longest_wait_ms, mean_wait_ms, clock_timestamp())
    ON CONFLICT (only_one) DO UPDATE
       SET workers = excluded.workers, queue_depth = excluded.queue_depth, longest_wait_ms = excluded.longest_wait_ms,
           mean_wait_ms = excluded.mean_wait_ms, reported_at = excluded.reported_at
$$;
REVOKE ALL ON freshet.worker_pool FROM PUBLIC;
REVOKE ALL ON FUNCTION freshet.report_worker_pool(integer, integer, bigint, bigint) FROM PUBLIC;

-- The workers' sessions and what each has locked to refresh it: true at this moment, whichever instance or machine they belong to.
-- Their application_name is 'freshet worker <name>'; only the service's own role can be who it says.
CREATE FUNCTION freshet.worker_sessions()
RETURNS TABLE (worker text, pid integer, pgt_id bigint, since timestamptz, queue_depth integer, workers integer,
               longest_wait_ms bigint, mean_wait_ms bigint, reported_at timestamptz)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT split_part(s.application_name, ' ', 3), s.pid, l.objid::bigint,
           CASE WHEN l.objid IS NOT NULL THEN coalesce(s.xact_start, s.query_start) END,
           p.queue_depth, p.workers, p.longest_wait_ms, p.mean_wait_ms, p.reported_at
      FROM (SELECT WHERE freshet.service_is_running()) AS service
      LEFT JOIN pg_stat_activity AS s
        ON s.datname = current_database() AND s.application_name LIKE 'freshet worker %'
           AND s.usesysid = (SELECT n.nspowner FROM pg_namespace AS n WHERE n.nspname = 'freshet')
      LEFT JOIN pg_locks AS l
        ON l.pid = s.pid AND l.locktype = 'advisory' AND l.database = s.datid AND l.granted
           AND l.classid = 1718775923 AND l.objid <> 0 AND l.objsubid = 2
      LEFT JOIN freshet.worker_pool AS p ON true;
END;
COMMENT ON FUNCTION freshet.worker_sessions() IS 'For worker_pool_status, which knows what the caller may see.';

CREATE FUNCTION freshet.worker_pool_status()
RETURNS TABLE (worker text, state text, stream_tables text[], since timestamptz, pid integer, workers integer, queue_depth integer,
               longest_wait interval, mean_wait interval, reported_at timestamptz)
LANGUAGE sql VOLATILE
BEGIN ATOMIC
    SELECT s.worker, CASE WHEN pg_catalog.count(s.pgt_id) > 0 THEN 'running' WHEN s.pid IS NOT NULL THEN 'idle' ELSE 'none' END,
           -- Of one that the caller may not see only that there is one.
           coalesce(pg_catalog.array_agg(coalesce(pg_catalog.format('%I.%I', t.pgt_schema, t.pgt_name), '?') ORDER BY s.pgt_id)
                        FILTER (WHERE s.pgt_id IS NOT NULL), '{}'),
           min(s.since), s.pid, s.workers, coalesce(s.queue_depth, 0),
           coalesce(s.longest_wait_ms, 0) * interval '1 ms', coalesce(s.mean_wait_ms, 0) * interval '1 ms', s.reported_at
      FROM freshet.worker_sessions() AS s
      LEFT JOIN freshet.pgt_stream_tables AS t ON t.pgt_id = s.pgt_id
     GROUP BY s.worker, s.pid, s.workers, s.queue_depth, s.longest_wait_ms, s.mean_wait_ms, s.reported_at
     ORDER BY s.worker;
END;
COMMENT ON FUNCTION freshet.worker_pool_status() IS 'The workers of all instances, what each refreshes and since when, and how much waits for one; no row if no service runs.';

-- Settings that the database has and that make no sense. ALTER DATABASE takes any value, so that it is said here.
CREATE FUNCTION freshet.refused_settings() RETURNS TABLE (name text, value text, expected text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT s.name, s.value, rule.expected
      FROM freshet.database_settings() AS s
      JOIN (VALUES ('freshet.max_parallel_workers', '([0-9]|[12][0-9]|0[0-9]|3[0-2])', '0 to 32'),
                   ('freshet.enabled', '(on|true|yes|1|off|false|no|0)', 'on or off')) AS rule (name, pattern, expected) ON rule.name = s.name
     WHERE lower(s.value) !~ ('^' || rule.pattern || '$');
END;
COMMENT ON FUNCTION freshet.refused_settings() IS 'What the database has been set to that makes no sense, and what would.';

CREATE FUNCTION freshet.alert_refused_setting(setting text, value text) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT freshet.alert('setting_refused', 'warning', NULL, jsonb_build_object('setting', setting, 'value', value,
        'expected', (SELECT r.expected FROM freshet.refused_settings() AS r WHERE r.name = setting),
        'hint', format('What was in force before stays so. ALTER DATABASE %I SET %s = …, or RESET it.', current_database(), setting)))
$$;
REVOKE ALL ON FUNCTION freshet.alert_refused_setting(text, text) FROM PUBLIC;
