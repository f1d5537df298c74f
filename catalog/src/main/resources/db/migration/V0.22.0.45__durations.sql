-- Durations as they are read to people, and as they are taken from them.

CREATE FUNCTION freshet.duration_text(ms double precision) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN (SELECT CASE WHEN ms < 999.5 THEN round(ms::numeric) || ' ms'
                    WHEN ms < 59950 THEN trim_scale(round(ms::numeric / 1000, 1)) || ' s'
                    WHEN whole.s < 3600 THEN whole.s / 60 || ' min' || CASE WHEN whole.s % 60 > 0 THEN ' ' || whole.s % 60 || ' s' ELSE '' END
                    WHEN whole.min < 1440 THEN whole.min / 60 || ' h' || CASE WHEN whole.min % 60 > 0 THEN ' ' || whole.min % 60 || ' min' ELSE '' END
                    ELSE whole.h / 24 || ' d' || CASE WHEN whole.h % 24 > 0 THEN ' ' || whole.h % 24 || ' h' ELSE '' END END
          FROM (SELECT round(ms / 1000)::bigint AS s, round(ms / 60000)::bigint AS min, round(ms / 3600000)::bigint AS h) AS whole);
COMMENT ON FUNCTION freshet.duration_text(double precision) IS 'Milliseconds, not negative, in two units at most: 350 ms, 1.5 s, 2 min 5 s, 1 h 30 min, 2 d.';

CREATE FUNCTION freshet.check_timeout(timeout interval) RETURNS void
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF timeout < interval '0' THEN
        RAISE EXCEPTION 'invalid timeout "%": it is negative', timeout
            USING ERRCODE = '22023', HINT = 'Write how long to wait at most, for example ''30 seconds''; 0 looks once, NULL waits for ever.';
    END IF;
END $$;
COMMENT ON FUNCTION freshet.check_timeout(interval) IS 'Raises 22023 if nobody can wait so long.';

-- As before, and a timeout that cannot be is refused, whether there is something to wait for or not.
CREATE OR REPLACE PROCEDURE freshet.wait_for_stream_table(name text, timeout interval DEFAULT '60s')
LANGUAGE plpgsql AS $$
DECLARE
    id pg_catalog.int8 := freshet.find_stream_table(name, freshet.caller_path());
    since pg_catalog.int8 := freshet.last_outcome(id);
    started pg_catalog.timestamptz := pg_catalog.clock_timestamp();
    seconds pg_catalog.float8 := 0.01;
    commits pg_catalog.bool;
BEGIN
    PERFORM freshet.check_timeout(timeout);
    CALL freshet.find_out_if_commit_works(commits);
    CALL freshet.require_fresh_snapshots(commits);
    WHILE freshet.is_fresh(id) IS NOT TRUE LOOP
        PERFORM freshet.check_outcome(id, since);
        CALL freshet.pause(commits, name, started, timeout, seconds);
    END LOOP;
END $$;

CREATE OR REPLACE PROCEDURE freshet.wait_for_xid(name text, xid xid8, timeout interval DEFAULT '60s')
LANGUAGE plpgsql AS $$
DECLARE
    id pg_catalog.int8 := freshet.find_stream_table(name, freshet.caller_path());
    since pg_catalog.int8 := freshet.last_outcome(id);
    started pg_catalog.timestamptz := pg_catalog.clock_timestamp();
    seconds pg_catalog.float8 := 0.01;
    commits pg_catalog.bool;
BEGIN
    PERFORM freshet.check_timeout(timeout);
    CALL freshet.find_out_if_commit_works(commits);
    CALL freshet.require_fresh_snapshots(commits);
    PERFORM freshet.check_xid(xid);
    WHILE pg_catalog.pg_visible_in_snapshot(xid, freshet.reached(id)) IS NOT TRUE LOOP
        PERFORM freshet.check_outcome(id, since), freshet.check_xid(xid);
        CALL freshet.pause(commits, name, started, timeout, seconds);
    END LOOP;
END $$;

CREATE OR REPLACE PROCEDURE freshet.refresh_stream_table(name text, timeout interval DEFAULT '10min')
LANGUAGE plpgsql AS $$
DECLARE
    id pg_catalog.int8 := freshet.find_stream_table(name, freshet.caller_path());
    wanted pg_catalog.pg_snapshot := pg_catalog.pg_current_snapshot();
    since pg_catalog.int8 := freshet.last_outcome(id);
    started pg_catalog.timestamptz := pg_catalog.clock_timestamp();
    seconds pg_catalog.float8 := 0.01;
BEGIN
    PERFORM freshet.check_timeout(timeout);
    CALL freshet.require_commit('freshet.refresh_stream_table()',
        'In a transaction: SELECT freshet.request_refresh(...); COMMIT; then CALL freshet.wait_for_xid() or freshet.refresh_stream_table(). Drivers with autocommit off are always in one.');
    PERFORM freshet.request_core(freshet.leave_ticket(), name, freshet.caller_path(), wanted);
    COMMIT;
    WHILE NOT freshet.covers(freshet.reached(id), wanted) LOOP
        PERFORM freshet.check_outcome(id, since);
        CALL freshet.pause(true, name, started, timeout, seconds);
    END LOOP;
END $$;
