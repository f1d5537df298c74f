-- The one way into the log. An event is appended and projected in the transaction of what it reports, so that the log,
-- the projections and the data cannot disagree.
--
-- Order. A rebuild replays by event_id, so event_id must be the order in which the projections were written. Two
-- sessions that append for one stream table are therefore put in line by a lock on its condition BEFORE the id is
-- taken: without it, a suspend that took id 9 and then waited for a refresh that took id 10 would be replayed as
-- "suspended, then refreshed", although it was the other way round.

CREATE FUNCTION freshet.append(stream text, type text, payload jsonb, expected_revision bigint DEFAULT NULL)
RETURNS bigint
-- A plan that was made while the log was short would go on reading all of it.
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
    attempts_max constant integer := 100;
    -- A request is a stream of its own. Were it not, two sessions asking for the same refresh would wait for one
    -- another's transaction, and a refresh in flight would fail because somebody asked for the next one.
    home     text := CASE append.type WHEN 'RefreshWanted'
                     THEN 'request:' || freshet.subject_of(append.stream) || ':' || pg_current_xact_id()
                     ELSE append.stream END;
    about    bigint := freshet.subject_of(append.stream);
    orderly  boolean := append.type NOT IN ('RefreshWanted', 'RefreshSkipped');
    revision bigint;
    appended freshet.event;
BEGIN
    -- The row's lock is the order described above; the table's lock, taken even where no row matches, keeps out
    -- while projections are rebuilt.
    PERFORM 1 FROM freshet.condition AS c WHERE c.pgt_id = about AND orderly FOR NO KEY UPDATE;
    IF orderly AND NOT FOUND AND append.type <> 'StreamTableCreated' THEN
        RAISE EXCEPTION 'stream table % does not exist', about
            USING ERRCODE = 'FR003', HINT = 'It was dropped meanwhile.';
    END IF;
    FOR attempt IN 1 .. attempts_max LOOP
        SELECT coalesce(max(e.revision), 0) INTO revision FROM freshet.event AS e WHERE e.stream = home;
        IF append.expected_revision <> revision THEN
            RAISE EXCEPTION 'event stream % is at revision %, not %', home, revision, append.expected_revision
                USING ERRCODE = 'FR001', HINT = 'Read the stream again, decide again, and append at its revision.';
        END IF;
        -- In READ COMMITTED this waits for a rival and finds out; in REPEATABLE READ a rival means 40001.
        INSERT INTO freshet.event AS e (stream, revision, type, payload, author)
        VALUES (home, revision + 1, append.type, append.payload, session_user)
        ON CONFLICT (stream, revision) DO NOTHING
        RETURNING e.* INTO appended;
        EXIT WHEN FOUND;
    END LOOP;
    IF appended.event_id IS NULL THEN
        RAISE EXCEPTION 'event stream % was appended to by others % times in a row', home, attempts_max
            USING ERRCODE = '40001', HINT = 'Run the transaction again.';
    END IF;
    PERFORM freshet.project(appended);
    IF append.type IN ('StreamTableCreated', 'StreamTableAltered', 'StreamTableRedefined', 'StreamTableDropped',
                       'StreamTableSuspended', 'StreamTableResumed', 'RepairWanted', 'SourceReleased', 'RefreshWanted') THEN
        PERFORM freshet.defeat_refreshes(appended);
        PERFORM pg_notify('freshet_event', '');
    END IF;
    RETURN appended.event_id;
END
$$;
COMMENT ON FUNCTION freshet.append(text, text, jsonb, bigint) IS
    'Appends an event and projects it in the same transaction; returns its event_id.';

-- A command changes what a refresh in flight has read: raising the epoch makes its compare-and-set fail.
CREATE FUNCTION freshet.defeat_refreshes(e freshet.event) RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
    about bigint := freshet.subject_of(e.stream);
BEGIN
    CASE e.type
        WHEN 'RefreshWanted' THEN
            NULL;
        WHEN 'StreamTableCreated' THEN
            INSERT INTO freshet.frontier (pgt_id) VALUES (about);
        WHEN 'StreamTableDropped' THEN
            DELETE FROM freshet.frontier AS f WHERE f.pgt_id = about;
        ELSE
            UPDATE freshet.frontier AS f SET epoch = f.epoch + 1 WHERE f.pgt_id = about;
    END CASE;
END
$$;

-- One event into the projections. Depends on nothing but the event and the projections, so that a replay of the log
-- gives the same rows: no clock, no catalogs, no settings.
CREATE FUNCTION freshet.project(e freshet.event) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    IF e.version <> 1 THEN
        RAISE EXCEPTION 'version % of event % is unknown', e.version, e.type
            USING ERRCODE = 'FR002', HINT = 'It was written by a newer service; upgrade this one.';
    END IF;
    CASE
        WHEN e.type IN ('RefreshCompleted', 'RefreshFailed', 'RefreshSkipped', 'HistoryFolded') THEN
            PERFORM freshet.project_outcome(e);
        WHEN e.type IN ('StreamTableCreated', 'StreamTableAltered', 'StreamTableRedefined', 'StreamTableDropped',
                        'TableRenamed', 'AppendOnlyEnded', 'SourceReleased', 'DefinitionLost') THEN
            PERFORM freshet.project_definition(e);
        WHEN e.type IN ('StreamTableSuspended', 'StreamTableResumed', 'RepairWanted', 'FullRequired',
                        'SuspendedAfterErrors') THEN
            PERFORM freshet.project_condition(e);
        WHEN e.type = 'DefinitionCompiled' THEN
            PERFORM freshet.project_compiled(e);
        WHEN e.type IN ('RefreshWanted', 'PopulationStarted') THEN
            NULL;
        ELSE
            RAISE EXCEPTION 'event type % is unknown', e.type
                USING ERRCODE = 'FR002', HINT = 'It was written by a newer service; upgrade this one.';
    END CASE;
END
$$;

CREATE FUNCTION freshet.project_definition(e freshet.event) RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
    about bigint := freshet.subject_of(e.stream);
    was   freshet.definition;
    now_  freshet.definition;
    rebuilt boolean;
BEGIN
    IF e.type = 'StreamTableCreated' THEN
        INSERT INTO freshet.definition
        SELECT (jsonb_populate_record(NULL::freshet.definition,
            '{"tier": "hot", "cdc_mode": "trigger", "diamond_consistency": "none", "append_only": false,
              "initialize": true, "hidden": false, "settings": {}}'
            || jsonb_strip_nulls(e.payload)
            || jsonb_build_object('pgt_id', about, 'created_at', e.at, 'updated_at', e.at))).*;
        INSERT INTO freshet.condition (pgt_id, status) VALUES (about, 'INITIALIZING');
        RETURN;
    END IF;
    SELECT * INTO STRICT was FROM freshet.definition AS d WHERE d.pgt_id = about;
    IF e.type = 'StreamTableDropped' THEN
        -- Its refreshes stay in the log until the retention is over.
        DELETE FROM freshet.definition AS d WHERE d.pgt_id = about;
        DELETE FROM freshet.condition AS c WHERE c.pgt_id = about;
        DELETE FROM freshet.dependency AS d WHERE d.pgt_id = about;
        RETURN;
    END IF;
    now_ := jsonb_populate_record(was, jsonb_build_object('updated_at', e.at) || CASE e.type
        WHEN 'SourceReleased' THEN '{"view_relid": null}'::jsonb
        WHEN 'DefinitionLost' THEN '{"view_relid": null}'::jsonb
        WHEN 'AppendOnlyEnded' THEN '{"append_only": false}'::jsonb
        ELSE e.payload - 'pgt_id' - 'created_at' - 'updated_at' END);
    UPDATE freshet.definition AS d
       SET relid = now_.relid, view_relid = now_.view_relid, pgt_schema = now_.pgt_schema, pgt_name = now_.pgt_name,
           defining_query = now_.defining_query, original_query = now_.original_query, schedule = now_.schedule,
           refresh_mode = now_.refresh_mode, tier = now_.tier, cdc_mode = now_.cdc_mode,
           diamond_consistency = now_.diamond_consistency, append_only = now_.append_only,
           initialize = now_.initialize, owner = now_.owner, settings = now_.settings, hidden = now_.hidden,
           parent_id = now_.parent_id, updated_at = now_.updated_at
     WHERE d.pgt_id = about;
    IF e.type = 'SourceReleased' THEN
        UPDATE freshet.condition AS c SET full_reason = 'capture_changed' WHERE c.pgt_id = about;
    ELSIF e.type = 'StreamTableAltered' AND e.payload ? 'relid' THEN
        -- In another database the sources have other ids, too, and theirs may be those of others here.
        DELETE FROM freshet.dependency AS d WHERE d.pgt_id = about;
    ELSIF e.type = 'StreamTableAltered' AND e.payload ? 'refresh_mode' THEN
        -- What could not be done in the mode demanded may well be done in another one.
        UPDATE freshet.condition AS c
           SET status = CASE WHEN c.is_populated THEN 'ACTIVE' ELSE 'INITIALIZING' END,
               consecutive_errors = 0, last_error_code = NULL, last_error = NULL, retry_at = NULL
         WHERE c.pgt_id = about AND c.status = 'ERROR';
    ELSIF e.type = 'DefinitionLost' THEN
        UPDATE freshet.condition AS c
           SET full_reason = 'definition_changed', retry_at = NULL,
               status = CASE WHEN c.status = 'SUSPENDED' THEN 'SUSPENDED' ELSE 'ERROR' END,
               last_error_code = e.payload ->> 'error_code', last_error = e.payload ->> 'error_message'
         WHERE c.pgt_id = about;
    ELSIF e.type = 'StreamTableRedefined' THEN
        -- A new definition is a new chance: errors of the old one do not hold it back. A rebuilt table is empty.
        rebuilt := coalesce((e.payload ->> 'rebuilt')::boolean, false);
        UPDATE freshet.condition AS c
           SET full_reason = 'definition_changed',
               is_populated = c.is_populated AND NOT rebuilt,
               status = CASE WHEN c.status = 'SUSPENDED' THEN 'SUSPENDED'
                             WHEN c.is_populated AND NOT rebuilt THEN 'ACTIVE'
                             ELSE 'INITIALIZING' END,
               consecutive_errors = 0, last_error_code = NULL, last_error = NULL, retry_at = NULL
         WHERE c.pgt_id = about;
    END IF;
END
$$;

CREATE FUNCTION freshet.project_condition(e freshet.event) RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
    about bigint := freshet.subject_of(e.stream);
BEGIN
    CASE e.type
        WHEN 'StreamTableSuspended' THEN
            UPDATE freshet.condition AS c
               SET status = 'SUSPENDED', suspend_reason = e.payload ->> 'reason', retry_at = NULL
             WHERE c.pgt_id = about;
        WHEN 'StreamTableResumed' THEN
            -- While suspended it did not pin its buffers, so what is in them is not all that happened.
            UPDATE freshet.condition AS c
               SET status = CASE WHEN c.is_populated THEN 'ACTIVE' ELSE 'INITIALIZING' END,
                   full_reason = CASE WHEN c.is_populated THEN coalesce(c.full_reason, 'capture_changed') END,
                   suspend_reason = NULL, consecutive_errors = 0, last_error_code = NULL, last_error = NULL,
                   retry_at = NULL
             WHERE c.pgt_id = about;
        WHEN 'RepairWanted' THEN
            -- After errors, it is due at once.
            UPDATE freshet.condition AS c
               SET full_reason = 'repair', retry_at = CASE WHEN c.status = 'ERROR' THEN e.at END
             WHERE c.pgt_id = about;
        WHEN 'FullRequired' THEN
            UPDATE freshet.condition AS c SET full_reason = e.payload ->> 'full_reason' WHERE c.pgt_id = about;
        WHEN 'SuspendedAfterErrors' THEN
            UPDATE freshet.condition AS c
               SET status = 'SUSPENDED', retry_at = NULL,
                   suspend_reason = format('%s errors in a row', e.payload ->> 'errors'),
                   last_error_code = e.payload ->> 'error_code', last_error = e.payload ->> 'error_message'
             WHERE c.pgt_id = about;
    END CASE;
END
$$;

CREATE FUNCTION freshet.project_compiled(e freshet.event) RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
    about bigint := freshet.subject_of(e.stream);
    edges jsonb := coalesce(e.payload -> 'dependencies', '[]');
BEGIN
    UPDATE freshet.condition AS c
       SET effective_mode = e.payload ->> 'effective_mode', mode_code = e.payload ->> 'mode_code',
           mode_reason = e.payload ->> 'mode_reason', plan = e.payload -> 'plan',
           changes_by_itself = coalesce((e.payload ->> 'changes_by_itself')::boolean, false)
     WHERE c.pgt_id = about;
    DELETE FROM freshet.dependency AS d
     WHERE d.pgt_id = about
       AND d.source_relid <> ALL (SELECT (edge ->> 'source_relid')::oid FROM jsonb_array_elements(edges) AS edge);
    -- The shape that the last refresh saw is kept: it is compared, not projected.
    INSERT INTO freshet.dependency AS d (pgt_id, source_relid, source_type, columns_used, cdc_mode)
    SELECT about, (edge ->> 'source_relid')::oid, edge ->> 'source_type',
           ARRAY(SELECT jsonb_array_elements_text(edge -> 'columns_used')::int2), edge ->> 'cdc_mode'
      FROM jsonb_array_elements(edges) AS edge
    ON CONFLICT (pgt_id, source_relid) DO UPDATE
       SET source_type = excluded.source_type, columns_used = excluded.columns_used, cdc_mode = excluded.cdc_mode;
END
$$;

-- Runs at every refresh, and does no more than it must.
CREATE FUNCTION freshet.project_outcome(e freshet.event) RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
    about bigint := freshet.subject_of(e.stream);
    p     jsonb := e.payload;
BEGIN
    CASE e.type
        WHEN 'RefreshCompleted' THEN
            UPDATE freshet.condition AS c
               SET status = 'ACTIVE', is_populated = true, full_reason = NULL,
                   data_timestamp = (p ->> 'data_timestamp')::timestamptz, last_refresh_at = (p ->> 'end_time')::timestamptz,
                   last_full_ms = CASE WHEN p ->> 'action' IN ('FULL', 'REINITIALIZE') THEN (p ->> 'duration_ms')::double precision
                                       ELSE c.last_full_ms END,
                   consecutive_errors = 0, last_error_code = NULL, last_error = NULL, retry_at = NULL, suspend_reason = NULL,
                   total_refreshes = c.total_refreshes + 1, successful_refreshes = c.successful_refreshes + 1,
                   rows_inserted = c.rows_inserted + coalesce((p ->> 'rows_inserted')::bigint, 0),
                   rows_updated = c.rows_updated + coalesce((p ->> 'rows_updated')::bigint, 0),
                   rows_deleted = c.rows_deleted + coalesce((p ->> 'rows_deleted')::bigint, 0),
                   total_duration_ms = c.total_duration_ms + coalesce((p ->> 'duration_ms')::double precision, 0)
             WHERE c.pgt_id = about;
        WHEN 'RefreshFailed' THEN
            UPDATE freshet.condition AS c
               SET status = CASE WHEN c.status = 'SUSPENDED' THEN 'SUSPENDED' ELSE 'ERROR' END,
                   consecutive_errors = c.consecutive_errors + 1,
                   last_error_code = p ->> 'error_code', last_error = p ->> 'error_message',
                   retry_at = (p ->> 'retry_at')::timestamptz,
                   total_refreshes = c.total_refreshes + 1, failed_refreshes = c.failed_refreshes + 1
             WHERE c.pgt_id = about;
        WHEN 'RefreshSkipped' THEN
            NULL;
        WHEN 'HistoryFolded' THEN
            PERFORM freshet.project_folded(about, p);
    END CASE;
END
$$;

-- What stands in the place of outcomes older than the retention: their sums, and the condition after the last of them,
-- which was a completed refresh.
CREATE FUNCTION freshet.project_folded(about bigint, folded jsonb) RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
    after freshet.condition := jsonb_populate_record(NULL::freshet.condition, folded);
BEGIN
    UPDATE freshet.condition AS c
       SET status = 'ACTIVE', is_populated = true, full_reason = NULL,
           data_timestamp = after.data_timestamp, last_refresh_at = after.last_refresh_at,
           last_full_ms = after.last_full_ms,
           consecutive_errors = 0, last_error_code = NULL, last_error = NULL, retry_at = NULL, suspend_reason = NULL,
           total_refreshes = after.total_refreshes, successful_refreshes = after.successful_refreshes,
           failed_refreshes = after.failed_refreshes, rows_inserted = after.rows_inserted,
           rows_updated = after.rows_updated, rows_deleted = after.rows_deleted,
           total_duration_ms = after.total_duration_ms
     WHERE c.pgt_id = about;
END
$$;

REVOKE ALL ON FUNCTION freshet.append(text, text, jsonb, bigint), freshet.defeat_refreshes(freshet.event),
    freshet.project(freshet.event), freshet.project_definition(freshet.event), freshet.project_condition(freshet.event),
    freshet.project_compiled(freshet.event), freshet.project_outcome(freshet.event),
    freshet.project_folded(bigint, jsonb) FROM PUBLIC;
