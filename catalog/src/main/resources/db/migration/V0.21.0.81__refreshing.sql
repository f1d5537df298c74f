-- What a refresh reads and writes. The worker sends these pipelined: a statement each, so that a refresh of one changed
-- row takes as few round trips as it can.

-- The relations that a definition reads through views, the definition's own view included.
CREATE FUNCTION freshet.views_of(definition oid) RETURNS oid[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    WITH RECURSIVE reached AS (
        SELECT c.oid FROM pg_class AS c WHERE c.oid = definition AND c.relkind = 'v'
        UNION
        SELECT c.oid
          FROM reached AS r
          JOIN pg_rewrite AS w ON w.ev_class = r.oid
          JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid AND d.refclassid = 'pg_class'::regclass
          JOIN pg_class AS c ON c.oid = d.refobjid AND c.relkind = 'v'
    )
    SELECT coalesce(array_agg(r.oid ORDER BY r.oid), '{}') FROM reached AS r;
END;

-- What views say, whatever the names in them are now: to find out later whether one was replaced.
CREATE FUNCTION freshet.views_fingerprint(views oid[]) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT md5(string_agg(md5(w.ev_action::text), '' ORDER BY w.ev_class)) FROM pg_rewrite AS w WHERE w.ev_class = ANY (views);
END;

-- Changes whenever a name changes that generated SQL uses, or a view is replaced. Cheap, and only good within one
-- service's life: row versions say that something was changed, not what.
CREATE FUNCTION freshet.names_stamp(relations oid[]) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT string_agg(concat_ws(' ', c.oid, c.relname, n.nspname,
               (SELECT max(a.xmin::text::bigint) FROM pg_attribute AS a WHERE a.attrelid = c.oid AND a.attnum > 0),
               (SELECT w.xmin::text FROM pg_rewrite AS w WHERE c.relkind = 'v' AND w.ev_class = c.oid AND w.rulename = '_RETURN')),
               ',' ORDER BY c.oid)
      FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
     WHERE c.oid = ANY (relations);
END;

-- What the sources of some stream tables hold, and how they are. To be asked in the refresh's transaction.
CREATE FUNCTION freshet.read_sources(ids bigint[])
RETURNS TABLE (pgt_id bigint, source_relid bigint, captured boolean, shape text, shape_then text,
               tree boolean, tuples double precision, generations int[], changes bigint, deletions boolean, truncated boolean, gap boolean)
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    WITH edge AS MATERIALIZED (
        SELECT row_number() OVER () AS place, e.*, e.cdc_mode = 'trigger' AND f.as_of IS NOT NULL AS readable, f.as_of, f.own_xid
          FROM freshet.dependency AS e JOIN freshet.frontier AS f USING (pgt_id)
         WHERE e.pgt_id = ANY (ids)
    ), reader AS (
        SELECT row_number() OVER (ORDER BY e.place) AS position, e.* FROM edge AS e WHERE e.readable
    ), pending AS (
        SELECT r.place, array_agg(p.generation) AS generations, sum(p.changes)::bigint AS changes, bool_or(p.deletions) AS deletions,
               bool_or(p.truncated) AS truncated, bool_or(p.gap) AS gap
          FROM freshet.pending_changes((SELECT array_agg(r.source_relid ORDER BY r.position) FROM reader AS r),
                                       (SELECT array_agg(r.as_of ORDER BY r.position) FROM reader AS r),
                                       (SELECT array_agg(r.own_xid ORDER BY r.position) FROM reader AS r)) AS p
          JOIN reader AS r ON r.position = p.place
         GROUP BY r.place
    )
    SELECT e.pgt_id, e.source_relid::bigint, e.cdc_mode = 'trigger', freshet.source_shape(e.source_relid, e.columns_used), e.shape,
           coalesce(c.relhassubclass, false), c.reltuples::double precision,
           coalesce(p.generations, '{}'), coalesce(p.changes, 0), coalesce(p.deletions, false), coalesce(p.truncated, false),
           coalesce(p.gap, false)
      FROM edge AS e LEFT JOIN pending AS p USING (place) LEFT JOIN pg_class AS c ON c.oid = e.source_relid
     ORDER BY e.place
$$;

-- The outcome of a refresh: the frontier moves to the transaction's snapshot, if nothing has happened to the stream table
-- since its epoch was read, and the log says what was done. before: the table's tuple counts when the refresh began;
-- trees: those of its sources that have partitions or children.
CREATE FUNCTION freshet.complete_refresh(id bigint, seen_epoch bigint, relation oid, started timestamptz, before bigint[],
    trees oid[], shapes jsonb, run jsonb, OUT rows_inserted bigint, OUT rows_updated bigint, OUT rows_deleted bigint, OUT ended timestamptz)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE freshet.frontier AS f
       SET as_of = pg_current_snapshot(), own_xid = pg_current_xact_id(), read_at = transaction_timestamp()
     WHERE f.pgt_id = id AND f.epoch = seen_epoch;
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
    PERFORM freshet.append('refresh:' || id, 'RefreshCompleted', run || jsonb_build_object(
        'start_time', started, 'end_time', ended,
        'duration_ms', extract(epoch FROM ended - started) * 1000,
        'rows_inserted', rows_inserted, 'rows_updated', rows_updated, 'rows_deleted', rows_deleted,
        'data_timestamp', transaction_timestamp()));
END
$$;

-- Alerts are heard if the transaction commits.
CREATE FUNCTION freshet.alert(event text, severity text, id bigint, figures jsonb) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT pg_notify('freshet_alert', left((jsonb_build_object(
        'event', event, 'severity', severity,
        'stream_table', (SELECT quote_ident(d.pgt_schema) || '.' || quote_ident(d.pgt_name) FROM freshet.definition AS d WHERE d.pgt_id = id),
        'timestamp', clock_timestamp()) || figures)::text, 7000))
$$;

-- A refresh, or what prepares it, failed; after so many in a row it is given up until somebody resumes it.
CREATE FUNCTION freshet.fail_refresh(id bigint, started timestamptz, run jsonb, failure jsonb, retry interval, suspend boolean)
RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    ended    timestamptz := clock_timestamp();
    mode     text := (SELECT c.effective_mode FROM freshet.condition AS c WHERE c.pgt_id = id);
    failures int;
BEGIN
    PERFORM freshet.append('refresh:' || id, 'RefreshFailed', jsonb_build_object('action', coalesce(mode, 'FULL')) || run || failure || jsonb_strip_nulls(jsonb_build_object(
        'start_time', started, 'end_time', ended,
        'duration_ms', extract(epoch FROM ended - started) * 1000, 'retry_at', ended + retry)));
    SELECT c.consecutive_errors INTO failures FROM freshet.condition AS c WHERE c.pgt_id = id;
    IF suspend THEN
        PERFORM freshet.append('refresh:' || id, 'SuspendedAfterErrors', failure || jsonb_build_object('errors', failures));
    END IF;
    PERFORM freshet.alert(CASE WHEN suspend THEN 'suspended' ELSE 'refresh_failed' END, CASE WHEN suspend THEN 'critical' ELSE 'error' END, id,
                          failure || jsonb_build_object('consecutive_errors', failures, 'retry_at', ended + retry));
END
$$;

-- A due refresh that was not run because of an upstream.
CREATE FUNCTION freshet.skip_refresh(id bigint, run jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    at timestamptz := clock_timestamp();
BEGIN
    PERFORM freshet.append('refresh:' || id, 'RefreshSkipped', run || jsonb_build_object(
        'start_time', at, 'end_time', at, 'duration_ms', 0));
    PERFORM freshet.alert('refresh_skipped', 'warning', id, jsonb_build_object('reason', run ->> 'refresh_reason'));
END
$$;

-- The capture or the definition turned out to have changed: the stream table is prepared anew, then computed whole.
CREATE FUNCTION freshet.require_preparation(id bigint, reason text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM freshet.append('refresh:' || id, 'FullRequired', jsonb_build_object('full_reason', reason));
    UPDATE freshet.frontier AS f SET epoch = f.epoch + 1 WHERE f.pgt_id = id;
END
$$;

-- An update or a deletion arrived where only insertions were promised.
CREATE FUNCTION freshet.end_append_only(id bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM freshet.append('refresh:' || id, 'AppendOnlyEnded', '{}');
    PERFORM freshet.alert('append_only_ended', 'warning', id, '{}');
END
$$;

-- The stamp of all captured sources, with their partitions and children.
CREATE FUNCTION freshet.sources_stamp() RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN freshet.catalog_stamp(ARRAY(
        WITH RECURSIVE reached (relid) AS (
            SELECT e.source_relid FROM freshet.dependency AS e WHERE e.cdc_mode = 'trigger'
            UNION
            SELECT i.inhrelid FROM reached AS r JOIN pg_inherits AS i ON i.inhparent = r.relid
        ) SELECT r.relid FROM reached AS r ORDER BY r.relid));
END
$$;

-- Moves the frontiers of stream tables that have nothing to read, nor anything upstream of them, to the transaction's
-- snapshot. Ask in a REPEATABLE READ transaction. ATTACH, DETACH and the like leave nothing to read, so that they are
-- looked for here; whose sources have changed in such a way stays, and is stale when it is due.
--
-- stamp_then: what the last call returned, if it was committed in this session; while it is the same, nobody has touched
-- the sources.
CREATE FUNCTION freshet.move_idle_frontiers(stamp_then text, OUT stamp text, OUT moved bigint)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    stamp := freshet.sources_stamp();
    IF stamp IS DISTINCT FROM stamp_then THEN
        UPDATE freshet.dependency AS e SET shape_now = looked.shape
          FROM (SELECT d.pgt_id, d.source_relid, freshet.source_shape(d.source_relid, d.columns_used) AS shape
                  FROM freshet.dependency AS d WHERE d.cdc_mode = 'trigger') AS looked
         WHERE (e.pgt_id, e.source_relid) = (looked.pgt_id, looked.source_relid) AND e.shape_now IS DISTINCT FROM looked.shape;
    END IF;
    WITH RECURSIVE candidate AS MATERIALIZED (
        SELECT f.pgt_id FROM freshet.frontier AS f JOIN freshet.condition AS c USING (pgt_id)
         WHERE f.as_of IS NOT NULL AND f.epoch = f.compiled_epoch AND c.status = 'ACTIVE' AND c.full_reason IS NULL
    ), edge AS MATERIALIZED (
        SELECT e.pgt_id, upstream.pgt_id AS upstream_id
          FROM freshet.dependency AS e JOIN freshet.definition AS upstream ON upstream.relid = e.source_relid
    ), stale AS MATERIALIZED (
        SELECT s.pgt_id FROM freshet.stale_among(ARRAY(SELECT c.pgt_id FROM candidate AS c)) AS s (pgt_id)
    ), busy AS (
        SELECT d.pgt_id FROM freshet.definition AS d
         WHERE d.pgt_id NOT IN (SELECT c.pgt_id FROM candidate AS c) OR d.pgt_id IN (SELECT s.pgt_id FROM stale AS s)
        UNION
        SELECT e.pgt_id FROM busy AS b JOIN edge AS e ON e.upstream_id = b.pgt_id
    ), free AS (
        SELECT f.pgt_id FROM freshet.frontier AS f
         WHERE f.pgt_id NOT IN (SELECT b.pgt_id FROM busy AS b) AND f.as_of::text IS DISTINCT FROM pg_current_snapshot()::text
           FOR NO KEY UPDATE SKIP LOCKED
    )
    UPDATE freshet.frontier AS f SET as_of = pg_current_snapshot(), read_at = transaction_timestamp()
      FROM free WHERE f.pgt_id = free.pgt_id;
    GET DIAGNOSTICS moved = ROW_COUNT;
END
$$;

REVOKE ALL ON FUNCTION freshet.read_sources(bigint[]), freshet.complete_refresh(bigint, bigint, oid, timestamptz, bigint[], oid[], jsonb, jsonb),
    freshet.alert(text, text, bigint, jsonb), freshet.fail_refresh(bigint, timestamptz, jsonb, jsonb, interval, boolean),
    freshet.skip_refresh(bigint, jsonb), freshet.require_preparation(bigint, text), freshet.end_append_only(bigint),
    freshet.sources_stamp(), freshet.move_idle_frontiers(text) FROM PUBLIC;
