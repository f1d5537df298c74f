-- The procedures that wait for the service.

CREATE PROCEDURE freshet.wait_for_stream_table(name text, timeout interval DEFAULT '60s')
LANGUAGE plpgsql AS $$
DECLARE
    id pg_catalog.int8 := freshet.find_stream_table(name, freshet.caller_path());
    since pg_catalog.int8 := freshet.last_outcome(id);
    started pg_catalog.timestamptz := pg_catalog.clock_timestamp();
    seconds pg_catalog.float8 := 0.01;
    commits pg_catalog.bool;
BEGIN
    CALL freshet.find_out_if_commit_works(commits);
    CALL freshet.require_fresh_snapshots(commits);
    WHILE freshet.is_fresh(id) IS NOT TRUE LOOP
        PERFORM freshet.check_outcome(id, since);
        CALL freshet.pause(commits, name, started, timeout, seconds);
    END LOOP;
END $$;
COMMENT ON PROCEDURE freshet.wait_for_stream_table(text, interval) IS 'Waits until a stream table is populated and ACTIVE.';

CREATE FUNCTION freshet.check_xid(xid xid8) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    status text;
BEGIN
    IF xid IS NULL THEN
        RAISE EXCEPTION 'the transaction id is missing'
            USING ERRCODE = '22023', HINT = 'Read it in the transaction that writes: SELECT pg_current_xact_id();';
    ELSIF xid = pg_current_xact_id_if_assigned() THEN
        RAISE EXCEPTION 'transaction % is this one: nobody sees it before its COMMIT', xid
            USING ERRCODE = '55000', HINT = 'COMMIT first, then wait.';
    END IF;
    BEGIN
        status := pg_xact_status(xid);
    EXCEPTION WHEN invalid_parameter_value THEN
        RAISE EXCEPTION 'there was no transaction % yet', xid
            USING ERRCODE = '22023', HINT = 'Read it in the transaction that writes: SELECT pg_current_xact_id();';
    END;
    IF status = 'aborted' THEN
        RAISE EXCEPTION 'transaction % was rolled back', xid
            USING ERRCODE = '55000', HINT = 'There is nothing of it to wait for.';
    END IF;
END $$;

CREATE PROCEDURE freshet.wait_for_xid(name text, xid xid8, timeout interval DEFAULT '60s')
LANGUAGE plpgsql AS $$
DECLARE
    id pg_catalog.int8 := freshet.find_stream_table(name, freshet.caller_path());
    since pg_catalog.int8 := freshet.last_outcome(id);
    started pg_catalog.timestamptz := pg_catalog.clock_timestamp();
    seconds pg_catalog.float8 := 0.01;
    commits pg_catalog.bool;
BEGIN
    CALL freshet.find_out_if_commit_works(commits);
    CALL freshet.require_fresh_snapshots(commits);
    PERFORM freshet.check_xid(xid);
    WHILE pg_catalog.pg_visible_in_snapshot(xid, freshet.reached(id)) IS NOT TRUE LOOP
        PERFORM freshet.check_outcome(id, since), freshet.check_xid(xid);
        CALL freshet.pause(commits, name, started, timeout, seconds);
    END LOOP;
END $$;
COMMENT ON PROCEDURE freshet.wait_for_xid(text, xid8, interval) IS 'Waits until a stream table reflects a transaction: read your own writes.';

CREATE PROCEDURE freshet.refresh_stream_table(name text, timeout interval DEFAULT '10min')
LANGUAGE plpgsql AS $$
DECLARE
    id pg_catalog.int8 := freshet.find_stream_table(name, freshet.caller_path());
    wanted pg_catalog.pg_snapshot := pg_catalog.pg_current_snapshot();
    since pg_catalog.int8 := freshet.last_outcome(id);
    started pg_catalog.timestamptz := pg_catalog.clock_timestamp();
    seconds pg_catalog.float8 := 0.01;
BEGIN
    CALL freshet.require_commit('freshet.refresh_stream_table()',
        'In a transaction: SELECT freshet.request_refresh(...); COMMIT; then CALL freshet.wait_for_xid() or freshet.refresh_stream_table(). Drivers with autocommit off are always in one.');
    PERFORM freshet.request_core(freshet.leave_ticket(), name, freshet.caller_path(), wanted);
    COMMIT;
    WHILE NOT freshet.covers(freshet.reached(id), wanted) LOOP
        PERFORM freshet.check_outcome(id, since);
        CALL freshet.pause(true, name, started, timeout, seconds);
    END LOOP;
END $$;
COMMENT ON PROCEDURE freshet.refresh_stream_table(text, interval) IS 'Refreshes a stream table, upstream first, and returns when it reflects every commit made before the call.';

CREATE PROCEDURE freshet.await_answer(request uuid, name text, started timestamptz, timeout interval, INOUT answer jsonb)
LANGUAGE plpgsql AS $$
DECLARE
    seconds pg_catalog.float8 := 0.01;
BEGIN
    COMMIT;
    LOOP
        answer := freshet.take_answer(request);
        EXIT WHEN answer IS NOT NULL;
        CALL freshet.pause(true, name, started, timeout, seconds);
    END LOOP;
    COMMIT;
END $$;

CREATE PROCEDURE freshet.verify_stream_table(name text, INOUT missing bigint DEFAULT NULL, INOUT unexpected bigint DEFAULT NULL)
LANGUAGE plpgsql AS $$
DECLARE
    started pg_catalog.timestamptz := pg_catalog.clock_timestamp();
    request pg_catalog.uuid;
    answer pg_catalog.jsonb;
BEGIN
    CALL freshet.require_commit('freshet.verify_stream_table()', 'COMMIT first, then call it outside of a transaction. Drivers with autocommit off are always in one.');
    request := freshet.verify_core(freshet.leave_ticket(), name, freshet.caller_path(), pg_catalog.pg_current_snapshot());
    CALL freshet.await_answer(request, name, started, '1 day', answer);
    missing := (answer OPERATOR(pg_catalog.->>) 'missing')::pg_catalog.int8;
    unexpected := (answer OPERATOR(pg_catalog.->>) 'unexpected')::pg_catalog.int8;
END $$;
COMMENT ON PROCEDURE freshet.verify_stream_table(text, bigint, bigint) IS 'Refreshes a stream table and compares it with its query in the same snapshot; 0, 0 is exact.';

CREATE PROCEDURE freshet.analyze_query(query text, INOUT report jsonb DEFAULT NULL)
LANGUAGE plpgsql AS $$
DECLARE
    started pg_catalog.timestamptz := pg_catalog.clock_timestamp();
    request pg_catalog.uuid;
    view pg_catalog.oid;
BEGIN
    CALL freshet.require_commit('freshet.analyze_query()', 'COMMIT first, then call it outside of a transaction. Drivers with autocommit off are always in one.');
    view := freshet.view_of_caller(query);
    request := freshet.analyze_core(freshet.leave_ticket(), view, freshet.request_of('', query, '{}'));
    PERFORM freshet.drop_view_of_caller(view);
    CALL freshet.await_answer(request, 'analysis', started, '1 min', report);
END $$;
COMMENT ON PROCEDURE freshet.analyze_query(text, jsonb) IS 'Whether a query can be maintained DIFFERENTIALly: how each operator is, or why not.';
