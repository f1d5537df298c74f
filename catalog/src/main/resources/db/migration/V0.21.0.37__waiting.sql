-- What the waiting procedures need. A procedure that commits must be SECURITY INVOKER and without SET: so its names are qualified, and everything that
-- needs more rights or more words is a function here.

-- xid8s in `wanted` that are visible there are visible in `reached` too.
CREATE FUNCTION freshet.covers(reached pg_snapshot, wanted pg_snapshot) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN coalesce(pg_snapshot_xmax(reached) >= pg_snapshot_xmax(wanted)
                AND NOT EXISTS (SELECT FROM pg_snapshot_xip(reached) x WHERE pg_visible_in_snapshot(x, wanted)), false);
COMMENT ON FUNCTION freshet.covers(pg_snapshot, pg_snapshot) IS 'Whether everything committed before the second snapshot is seen by the first.';

-- The snapshot that the rows are of; NULL while they are those of an older definition, or none.
CREATE FUNCTION freshet.reached(id bigint) RETURNS pg_snapshot
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT f.as_of FROM freshet.frontier f JOIN freshet.condition c USING (pgt_id)
         WHERE f.pgt_id = id AND c.is_populated AND c.full_reason IS DISTINCT FROM 'definition_changed');

CREATE FUNCTION freshet.is_fresh(id bigint) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT c.is_populated AND c.status = 'ACTIVE' AND c.full_reason IS NULL FROM freshet.condition c WHERE c.pgt_id = id);

-- The last outcome so far: failures after it are failures since now.
CREATE FUNCTION freshet.last_outcome(id bigint) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT coalesce(max(e.revision), 0) FROM freshet.event e WHERE e.stream = 'refresh:' || id);

-- The serving instance holds this lock for as long as it lives.
CREATE FUNCTION freshet.service_is_running() RETURNS boolean
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
RETURN EXISTS (SELECT FROM pg_locks l WHERE l.locktype = 'advisory' AND l.granted
                  AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
                  AND l.classid = 1718775923 AND l.objid = 0 AND l.objsubid = 2);
COMMENT ON FUNCTION freshet.service_is_running() IS 'Whether a service serves this database now.';

CREATE FUNCTION freshet.hint_for(code text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN CASE WHEN code LIKE '0A%' THEN 'Use refresh_mode AUTO, which falls back to FULL, or FULL; CALL freshet.analyze_query() shows what stands in the way of DIFFERENTIAL.'
            WHEN code LIKE '42%' THEN 'Change the query with freshet.alter_stream_table(), or restore what it needs and SELECT freshet.repair_stream_table().'
            ELSE 'SELECT * FROM freshet.pgt_refresh_history shows the last refreshes; it is tried again by itself.' END;

-- Raises what keeps a stream table from becoming fresh: dropped, suspended, failed since, or failed for good.
CREATE FUNCTION freshet.check_outcome(id bigint, since bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    condition freshet.condition := (SELECT c FROM freshet.condition c WHERE c.pgt_id = id);
    lost boolean := (SELECT d.view_relid IS NULL FROM freshet.definition d WHERE d.pgt_id = id);
    outcome freshet.event;
BEGIN
    IF condition.pgt_id IS NULL THEN
        RAISE EXCEPTION 'the stream table was dropped meanwhile' USING ERRCODE = '42P01', HINT = 'SELECT * FROM freshet.pgt_stream_tables shows those that exist.';
    END IF;
    PERFORM freshet.require_running(id);
    SELECT e.* INTO outcome FROM freshet.event e
     WHERE e.stream = 'refresh:' || id AND e.revision > since AND e.type IN ('RefreshCompleted', 'RefreshFailed', 'RefreshSkipped')
     ORDER BY e.revision DESC LIMIT 1;
    IF condition.status = 'ERROR' AND (outcome.type = 'RefreshFailed' OR lost OR condition.last_error_code LIKE '0A%') THEN
        RAISE EXCEPTION '%', condition.last_error
            USING ERRCODE = condition.last_error_code, HINT = coalesce(outcome.payload ->> 'error_hint', freshet.hint_for(condition.last_error_code));
    ELSIF outcome.type = 'RefreshSkipped' THEN
        RAISE EXCEPTION 'the refresh was skipped: %', outcome.payload ->> 'refresh_reason'
            USING ERRCODE = '55000', HINT = 'It waits for a stream table upstream. SELECT * FROM freshet.pgt_stream_tables shows which is not ACTIVE, and why.';
    END IF;
END $$;

-- PostgreSQL's message for a COMMIT where none is possible, in this session's language: a function never may.
CREATE FUNCTION freshet.message_of_refused_commit() RETURNS text
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    COMMIT;
    RETURN NULL;
EXCEPTION WHEN invalid_transaction_termination THEN
    RETURN SQLERRM;
END $$;

-- Whether the procedure that calls this may commit. In an exception block COMMIT always fails, but in a transaction block, or below a
-- function, it fails earlier and with another message.
CREATE PROCEDURE freshet.find_out_if_commit_works(INOUT works boolean)
LANGUAGE plpgsql AS $$
BEGIN
    COMMIT;
EXCEPTION WHEN invalid_transaction_termination THEN
    works := SQLERRM OPERATOR(pg_catalog.<>) freshet.message_of_refused_commit();
END $$;

CREATE PROCEDURE freshet.require_commit(procedure text, instead text)
LANGUAGE plpgsql AS $$
DECLARE
    works pg_catalog.bool;
BEGIN
    CALL freshet.find_out_if_commit_works(works);
    IF NOT works THEN
        RAISE EXCEPTION '% waits for the service, which sees nothing of a transaction before its end: it cannot run in a transaction block or a function', procedure
            USING ERRCODE = '25001', HINT = instead;
    END IF;
END $$;

-- Without a commit between polls only READ COMMITTED sees what others have done meanwhile.
CREATE PROCEDURE freshet.require_fresh_snapshots(commits boolean)
LANGUAGE plpgsql AS $$
BEGIN
    IF NOT commits AND pg_catalog.current_setting('transaction_isolation') OPERATOR(pg_catalog.<>) 'read committed' THEN
        RAISE EXCEPTION 'in a % transaction nothing new is ever seen', pg_catalog.upper(pg_catalog.current_setting('transaction_isolation'))
            USING ERRCODE = '25001', HINT = 'Wait before BEGIN, or in a READ COMMITTED transaction.';
    END IF;
END $$;

CREATE FUNCTION freshet.check_patience(name text, started timestamptz, timeout interval) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    waited interval := clock_timestamp() - started;
BEGIN
    IF (waited > interval '2.5 s' OR waited > timeout) AND NOT freshet.service_is_running() THEN
        RAISE EXCEPTION 'no Freshet service is running for database %', current_database()
            USING ERRCODE = '55000', HINT = 'Start one: freshet serve --url postgresql://... What is committed is not lost; it is done as soon as a service runs.';
    ELSIF waited > timeout THEN
        RAISE EXCEPTION 'stream table % did not get there within %', name, timeout
            USING ERRCODE = 'FR010', HINT = 'Pass a longer timeout, or CALL freshet.refresh_stream_table() instead of waiting for its schedule. SELECT * FROM freshet.pgt_stream_tables shows how it is.';
    END IF;
END $$;

-- Between two polls: ends the transaction, so that no snapshot is held, and sleeps, each time a little longer.
CREATE PROCEDURE freshet.pause(commits boolean, name text, started timestamptz, timeout interval, INOUT seconds double precision)
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM freshet.check_patience(name, started, timeout);
    IF commits THEN
        COMMIT;
    END IF;
    PERFORM pg_catalog.pg_sleep(seconds);
    seconds := LEAST(seconds OPERATOR(pg_catalog.*) 1.5::pg_catalog.float8, 0.1::pg_catalog.float8);
END $$;
