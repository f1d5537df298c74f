-- Replaying the log, and keeping it short.

-- Projects the whole log anew, through the same function that projected it first; the result is the same rows.
-- DELETE, not TRUNCATE: a refresh that reads at an older snapshot would see the projections empty.
CREATE FUNCTION freshet.rebuild_projections() RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    shapes   jsonb;
    e        freshet.event;
    replayed bigint := 0;
BEGIN
    -- In this order, which is append's: condition first, then event.
    LOCK TABLE freshet.condition IN EXCLUSIVE MODE;
    LOCK TABLE freshet.event IN SHARE ROW EXCLUSIVE MODE;
    SELECT coalesce(jsonb_agg(jsonb_build_array(d.pgt_id, d.source_relid::bigint, d.shape)), '[]') INTO shapes
      FROM freshet.dependency AS d WHERE d.shape IS NOT NULL;
    DELETE FROM freshet.dependency;
    DELETE FROM freshet.condition;
    DELETE FROM freshet.definition;
    FOR e IN SELECT * FROM freshet.event ORDER BY event_id LOOP
        PERFORM freshet.project(e);
        replayed := replayed + 1;
    END LOOP;
    -- What the last refresh saw of its sources comes from no event; losing it would cost a FULL refresh each.
    UPDATE freshet.dependency AS d SET shape = kept.value ->> 2
      FROM jsonb_array_elements(shapes) AS kept(value)
     WHERE d.pgt_id = (kept.value ->> 0)::bigint AND d.source_relid = (kept.value ->> 1)::bigint::oid;
    RETURN replayed;
END
$$;

-- Keeps the log short: outcomes older than the retention are folded into one HistoryFolded per
-- stream table. Where the fold ends is always a completed refresh, because that alone determines the condition; the
-- folded event takes its place (id and revision), so that what is kept before and after is replayed in the old order.
-- At most outcomes_max of a stream table go at a time: repeat until it returns 0.
CREATE FUNCTION freshet.fold_history(retention interval, outcomes_max integer DEFAULT 10000) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    before  timestamptz := clock_timestamp() - fold_history.retention;
    about   bigint;
    removed bigint := 0;
BEGIN
    IF fold_history.retention IS NULL OR fold_history.retention < interval '0' THEN
        RAISE EXCEPTION 'the retention must not be negative' USING ERRCODE = '22023', HINT = 'For example ''7 days''.';
    END IF;
    -- One at a time, and not while the log is replayed.
    LOCK TABLE freshet.definition IN SHARE UPDATE EXCLUSIVE MODE;
    LOCK TABLE freshet.event IN ROW EXCLUSIVE MODE;
    FOR about IN SELECT d.pgt_id FROM freshet.definition AS d ORDER BY d.pgt_id LOOP
        removed := removed + freshet.fold_history_of(about, before, fold_history.outcomes_max);
    END LOOP;
    RETURN removed + freshet.discard_leftovers(before, fold_history.outcomes_max);
END
$$;

CREATE FUNCTION freshet.fold_history_of(about bigint, before timestamptz, outcomes_max integer) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    home    text := 'refresh:' || about;
    cut     freshet.event;
    folded  jsonb;
    removed bigint;
BEGIN
    SELECT (old.e).* INTO cut
      FROM (SELECT e FROM freshet.event AS e WHERE e.stream = home AND e.at < before
             ORDER BY e.revision LIMIT fold_history_of.outcomes_max) AS old
     WHERE (old.e).type = 'RefreshCompleted'
     ORDER BY (old.e).revision DESC LIMIT 1;
    IF NOT FOUND THEN
        RETURN 0;
    END IF;
    -- Summed in the order of the log: floats added in another order would differ from the counters.
    SELECT jsonb_build_object(
               'total_refreshes', sum(coalesce((e.payload ->> 'total_refreshes')::bigint, 1)),
               'successful_refreshes', sum(coalesce((e.payload ->> 'successful_refreshes')::bigint,
                                                    (e.type = 'RefreshCompleted')::int)),
               'failed_refreshes', sum(coalesce((e.payload ->> 'failed_refreshes')::bigint,
                                                (e.type = 'RefreshFailed')::int)),
               'rows_inserted', sum((e.payload ->> 'rows_inserted')::bigint) FILTER (WHERE e.type <> 'RefreshFailed'),
               'rows_updated', sum((e.payload ->> 'rows_updated')::bigint) FILTER (WHERE e.type <> 'RefreshFailed'),
               'rows_deleted', sum((e.payload ->> 'rows_deleted')::bigint) FILTER (WHERE e.type <> 'RefreshFailed'),
               'total_duration_ms', sum(CASE e.type
                        WHEN 'HistoryFolded' THEN (e.payload ->> 'total_duration_ms')::double precision
                        WHEN 'RefreshCompleted' THEN coalesce((e.payload ->> 'duration_ms')::double precision, 0)
                        ELSE 0 END ORDER BY e.revision),
               'last_full_ms', (array_agg(coalesce(e.payload ->> 'last_full_ms', e.payload ->> 'duration_ms')::double precision
                        ORDER BY e.revision DESC) FILTER (WHERE e.type = 'HistoryFolded'
                            OR e.type = 'RefreshCompleted' AND e.payload ->> 'action' IN ('FULL', 'REINITIALIZE')))[1],
               'data_timestamp', cut.payload -> 'data_timestamp',
               'last_refresh_at', coalesce(cut.payload -> 'end_time', to_jsonb(cut.at)))
      INTO folded
      FROM freshet.event AS e
     WHERE e.stream = home AND e.revision <= cut.revision
       AND e.type IN ('RefreshCompleted', 'RefreshFailed', 'HistoryFolded');

    -- The last compilation is kept, and what changed the definition.
    DELETE FROM freshet.event AS e
     WHERE e.stream = home AND e.revision < cut.revision
       AND e.type NOT IN ('TableRenamed', 'AppendOnlyEnded', 'StreamTableDropped')
       AND NOT (e.type = 'DefinitionCompiled'
                AND e.revision = (SELECT max(c.revision) FROM freshet.event AS c
                                   WHERE c.stream = home AND c.type = 'DefinitionCompiled' AND c.revision < cut.revision));
    GET DIAGNOSTICS removed = ROW_COUNT;
    UPDATE freshet.event AS e SET type = 'HistoryFolded', version = 1, payload = folded WHERE e.event_id = cut.event_id;
    RETURN removed + 1;
END
$$;

-- Old requests, and old outcomes of stream tables that are gone.
CREATE FUNCTION freshet.discard_leftovers(before timestamptz, events_max integer) RETURNS bigint
LANGUAGE sql SET search_path = pg_catalog, pg_temp
AS $$
    WITH old AS (
        SELECT e.event_id FROM freshet.event AS e
         WHERE e.at < before
           AND (e.stream LIKE 'request:%'
                OR e.stream LIKE 'refresh:%'
                   AND NOT EXISTS (SELECT FROM freshet.definition AS d WHERE d.pgt_id = freshet.subject_of(e.stream)))
         ORDER BY e.event_id LIMIT events_max
    ), gone AS (
        DELETE FROM freshet.event AS e USING old WHERE e.event_id = old.event_id RETURNING e.event_id
    )
    SELECT count(*) FROM gone
$$;

REVOKE ALL ON FUNCTION freshet.rebuild_projections(), freshet.fold_history(interval, integer),
    freshet.fold_history_of(bigint, timestamptz, integer), freshet.discard_leftovers(timestamptz, integer) FROM PUBLIC;
