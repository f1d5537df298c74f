-- Which of several services leads. The truth is the lease: who holds it writes, in its epoch, and beats once a second.
-- All times are this server's: the clocks of the services' machines do not matter.
--
-- The row is written once a second for as long as a service runs. It has no index but its key's, and most of its page is
-- left free, so that each version is a heap-only one, and is pruned when the next one is written. A heartbeat waits for no disk
-- (synchronous_commit = off): one that is lost in a crash only makes the lease look older.
CREATE TABLE freshet.lease (
    only_one     boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    -- Raised by each taking; never the same for two holders.
    epoch        bigint NOT NULL,
    -- The name of the instance that holds it, or held it last; its sessions have it in their application_name.
    holder       text,
    -- NULL: handed over, free to be taken at once.
    heartbeat_at timestamptz,
    -- The refreshes that were running then, [pgt_id, tick_id, reason, initiated_by] each.
    running      jsonb NOT NULL DEFAULT '[]',
    -- The holder is asked to hand over, at the latest after so long.
    drain_within interval
) WITH (fillfactor = 10, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0, autovacuum_analyze_threshold = 2000000000);
INSERT INTO freshet.lease (epoch) VALUES (0);
COMMENT ON TABLE freshet.lease IS 'Which instance of the service leads.';

-- The epoch is what this transaction sees; it holds the lease's lock, ROW SHARE, from before its snapshot.
CREATE FUNCTION freshet.require_lease(held bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM freshet.lease AS l WHERE l.epoch = held) THEN
        RAISE EXCEPTION 'another instance of the service leads'
            USING ERRCODE = 'FR004', HINT = 'This one has stood still, or was cut off, for too long; it goes on as soon as it leads again.';
    END IF;
END
$$;

-- What a candidate sees. Too old is also what lies in the future: then the server's clock was set back.
CREATE FUNCTION freshet.look_at_lease(OUT epoch bigint, OUT holder text, OUT is_free boolean, OUT is_stale boolean)
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT l.epoch, l.holder, l.heartbeat_at IS NULL,
           coalesce(clock_timestamp() NOT BETWEEN l.heartbeat_at - interval '3 s' AND l.heartbeat_at + interval '3 s', false)
      FROM freshet.lease AS l
$$;

-- Ends the sessions of an instance: those that it does not know itself any more, or that would commit too late.
CREATE FUNCTION freshet.end_sessions_of(instance text) RETURNS bigint
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT count(pg_terminate_backend(a.pid)) FROM pg_stat_activity AS a
     WHERE a.datname = current_database() AND a.usename = session_user AND a.pid <> pg_backend_pid()
       AND a.application_name LIKE 'freshet %' AND instance <> '' AND right(a.application_name, length(instance) + 1) = ' ' || instance
$$;

-- To be called with EXCLUSIVE on the lease, for which all transactions of its holder have ended. The new epoch, and what was running; NULL if
-- somebody else was faster, or the holder lives after all.
CREATE FUNCTION freshet.take_lease(seen bigint, instance text, OUT epoch bigint, OUT running jsonb)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    SELECT l.running INTO running FROM freshet.lease AS l, freshet.look_at_lease() AS now_
     WHERE l.epoch = seen AND (now_.is_free OR now_.is_stale);
    IF FOUND THEN
        UPDATE freshet.lease AS l
           SET epoch = l.epoch + 1, holder = instance, heartbeat_at = clock_timestamp(), running = '[]', drain_within = NULL
        RETURNING l.epoch INTO take_lease.epoch;
    END IF;
END
$$;

-- 'held', 'drain' or 'lost'; and when to be drained by, in seconds.
CREATE FUNCTION freshet.beat(held bigint, running jsonb, OUT state text, OUT drain_seconds double precision)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM set_config('synchronous_commit', 'off', true);
    UPDATE freshet.lease AS l SET heartbeat_at = clock_timestamp(), running = beat.running
     WHERE l.epoch = held AND l.heartbeat_at IS NOT NULL
    RETURNING CASE WHEN l.drain_within IS NULL THEN 'held' ELSE 'drain' END, extract(epoch FROM l.drain_within)
         INTO state, drain_seconds;
    state := coalesce(state, 'lost');
END
$$;

-- Free for others, who are told.
CREATE FUNCTION freshet.release_lease(held bigint, running jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE freshet.lease AS l SET heartbeat_at = NULL, running = release_lease.running, drain_within = NULL WHERE l.epoch = held;
    PERFORM pg_notify('freshet_lease', '');
END
$$;

-- Asks the holder to end what runs, at the latest after so long, and to hand over. Its name and epoch; NULL if nobody leads.
CREATE FUNCTION freshet.request_handover(patience interval, OUT epoch bigint, OUT holder text)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE freshet.lease AS l SET drain_within = patience WHERE l.heartbeat_at > clock_timestamp() - interval '3 s'
    RETURNING l.epoch, l.holder INTO request_handover.epoch, request_handover.holder;
    PERFORM pg_notify('freshet_lease', '');
END
$$;

-- A refresh that its service did not live to end: its transaction was rolled back, and nobody but its successor can say so. Nothing if the log knows what came of it.
CREATE FUNCTION freshet.refresh_interrupted(id bigint, tick bigint, reason text, initiated_by text, instance text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM freshet.condition AS c WHERE c.pgt_id = id)
       AND NOT EXISTS (SELECT FROM (SELECT h.tick_id FROM freshet.refresh_history AS h WHERE h.pgt_id = id
                                     ORDER BY h.refresh_id DESC LIMIT 100) AS last
                        WHERE last.tick_id = tick) THEN
        PERFORM freshet.fail_refresh(id, clock_timestamp(),
            jsonb_build_object('refresh_reason', reason, 'tick_id', tick, 'initiated_by', initiated_by, 'worker', instance),
            jsonb_build_object('error_code', 'FR005',
                'error_message', format('the instance %s of the service, which was refreshing it, is gone', instance),
                'error_hint', 'It is tried again by itself; the log of that instance may say why it ended.'),
            -- It is not its fault, and the successor is another process.
            interval '0', false);
    END IF;
END
$$;

-- As before; and while a successor is on its way, which takes less than five seconds.
CREATE OR REPLACE FUNCTION freshet.service_is_running() RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN EXISTS (SELECT FROM pg_locks l WHERE l.locktype = 'advisory' AND l.granted
                  AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
                  AND l.classid = 1718775923 AND l.objid = 0 AND l.objsubid = 2)
       OR EXISTS (SELECT FROM freshet.lease AS l WHERE l.heartbeat_at > clock_timestamp() - interval '6 s');

REVOKE ALL ON freshet.lease FROM PUBLIC;
REVOKE ALL ON FUNCTION freshet.require_lease(bigint), freshet.look_at_lease(), freshet.end_sessions_of(text), freshet.take_lease(bigint, text),
    freshet.beat(bigint, jsonb), freshet.release_lease(bigint, jsonb), freshet.request_handover(interval),
    freshet.refresh_interrupted(bigint, bigint, text, text, text) FROM PUBLIC;
