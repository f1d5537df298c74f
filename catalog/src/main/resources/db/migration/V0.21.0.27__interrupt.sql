-- A command and a refresh of the same stream table. The refresh holds the session-level advisory lock (1718775923, pgt_id) from before its BEGIN; a
-- command cancels it and takes the same lock, shared, for its own transaction: so no refresh starts, reads or writes anything until
-- the command has committed, and neither ever waits for the other's rows. Commands among themselves queue at the definition's row.

CREATE FUNCTION freshet.cancel_refresh(id bigint) RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
    SELECT pg_cancel_backend(l.pid) FROM pg_locks l
     WHERE l.locktype = 'advisory' AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
       AND l.classid = 1718775923 AND l.objid = id AND l.objsubid = 2 AND l.granted
       AND l.mode = 'ExclusiveLock'  -- a refresh; commands hold it shared
       AND l.pid <> pg_backend_pid()
$$;
REVOKE ALL ON FUNCTION freshet.cancel_refresh(bigint) FROM PUBLIC;

-- Takes the command's place before the next refresh. The event that follows raises the epoch, so that what was read before is not written after.
CREATE FUNCTION freshet.interrupt(id bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    patience CONSTANT interval := '30 s';
    started CONSTANT timestamptz := clock_timestamp();
    tries int := 0;
BEGIN
    PERFORM FROM freshet.definition d WHERE d.pgt_id = id FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the stream table was dropped meanwhile' USING ERRCODE = '42P01', HINT = 'SELECT * FROM freshet.pgt_stream_tables shows those that exist.';
    END IF;
    WHILE NOT pg_try_advisory_xact_lock_shared(1718775923, id::int) LOOP
        -- A cancel that finds the refresh between two statements has no effect, hence again and again; not at each try, to let it clean up.
        IF tries % 10 = 0 THEN
            PERFORM freshet.cancel_refresh(id);
        END IF;
        IF clock_timestamp() > started + patience THEN
            RAISE EXCEPTION 'a refresh of the stream table is running and does not end'
                USING ERRCODE = '55P03', HINT = 'Try again; SELECT * FROM pg_stat_activity shows what the service''s sessions wait for.';
        END IF;
        tries := tries + 1;
        PERFORM pg_sleep(0.01);
    END LOOP;
END $$;
COMMENT ON FUNCTION freshet.interrupt(bigint) IS 'Cancels the running refresh of a stream table and keeps others from starting until the end of the transaction.';
REVOKE ALL ON FUNCTION freshet.interrupt(bigint) FROM PUBLIC;
