-- Every refresh of a published stream table ends with a message in the log of PostgreSQL, in its transaction and behind its rows: a subscriber
-- that reads messages knows then that it has all of the refresh, and which one it was.

-- The prefix of a stream table's messages: its name, unquoted.
CREATE FUNCTION freshet.marker_prefix(relation oid) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN (SELECT format('stream_table:%s.%s', n.nspname, c.relname)
          FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE c.oid = relation);

CREATE FUNCTION freshet.mark_refresh(relation oid, refresh_id bigint, outcome jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_setting('wal_level') = 'logical' THEN
        PERFORM pg_logical_emit_message(true, freshet.marker_prefix(relation), jsonb_build_object(
            'refresh_id', refresh_id, 'action', outcome -> 'action', 'rows_inserted', outcome -> 'rows_inserted',
            'rows_updated', outcome -> 'rows_updated', 'rows_deleted', outcome -> 'rows_deleted',
            'as_of', pg_current_snapshot()::text, 'data_timestamp', outcome -> 'data_timestamp')::text);
    END IF;
END $$;
COMMENT ON FUNCTION freshet.mark_refresh(oid, bigint, jsonb) IS 'Tells those who follow a stream table that a refresh ends here.';

-- As before, and with the marker at the end.
CREATE OR REPLACE FUNCTION freshet.complete_refresh(id bigint, seen_epoch bigint, relation oid, started timestamptz, before bigint[],
    trees oid[], shapes jsonb, run jsonb, OUT rows_inserted bigint, OUT rows_updated bigint, OUT rows_deleted bigint, OUT ended timestamptz)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    published  boolean;
    refresh_id bigint;
    outcome    jsonb;
BEGIN
    -- Asked along with it, a query of its own would be a cost of every refresh.
    UPDATE freshet.frontier AS f
       SET as_of = pg_current_snapshot(), own_xid = pg_current_xact_id(), read_at = transaction_timestamp()
     WHERE f.pgt_id = id AND f.epoch = seen_epoch
    RETURNING (SELECT d.downstream_publication_name IS NOT NULL FROM freshet.definition AS d WHERE d.pgt_id = id) INTO published;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'stream table % was changed while it was refreshed', id
            USING ERRCODE = '40001', HINT = 'It is refreshed again at the next tick.';
    END IF;
    -- Partitions attached or detached since the snapshot: locks on the parent do not keep those out.
    IF trees <> '{}' AND EXISTS (SELECT FROM freshet.sources_moved(trees)) THEN
        RAISE EXCEPTION 'a source of stream table % was changed while it was read', id
            USING ERRCODE = '40001', HINT = 'It is refreshed again at the next tick.';
    END IF;
    IF shapes IS NOT NULL THEN
        UPDATE freshet.dependency AS e SET shape = seen.value
          FROM jsonb_each_text(shapes) AS seen WHERE e.pgt_id = id AND e.source_relid = seen.key::oid;
    END IF;
    rows_inserted := pg_stat_get_xact_tuples_inserted(relation) - before[1];
    rows_updated := pg_stat_get_xact_tuples_updated(relation) - before[2];
    rows_deleted := pg_stat_get_xact_tuples_deleted(relation) - before[3];
    ended := clock_timestamp();
    outcome := run || jsonb_build_object(
        'start_time', started, 'end_time', ended,
        'duration_ms', extract(epoch FROM ended - started) * 1000,
        'rows_inserted', rows_inserted, 'rows_updated', rows_updated, 'rows_deleted', rows_deleted,
        'data_timestamp', transaction_timestamp());
    refresh_id := freshet.append('refresh:' || id, 'RefreshCompleted', outcome);
    IF published THEN
        PERFORM freshet.mark_refresh(relation, refresh_id, outcome);
    END IF;
END
$$;

-- While something is published, so that what nobody writes to does not hold back the log of PostgreSQL for a slot: a slot moves on
-- when there is something to confirm. False where there is nothing published.
CREATE FUNCTION freshet.beat_for_subscribers() RETURNS boolean
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_setting('wal_level') <> 'logical'
       OR NOT EXISTS (SELECT FROM freshet.definition AS d WHERE d.downstream_publication_name IS NOT NULL) THEN
        RETURN false;
    END IF;
    PERFORM pg_logical_emit_message(false, 'freshet_heartbeat', jsonb_build_object('at', clock_timestamp())::text);
    RETURN true;
END $$;
COMMENT ON FUNCTION freshet.beat_for_subscribers() IS 'A message that lets quiet slots move on, while something is published. For the service.';

REVOKE ALL ON FUNCTION freshet.marker_prefix(oid), freshet.mark_refresh(oid, bigint, jsonb), freshet.beat_for_subscribers() FROM PUBLIC;
