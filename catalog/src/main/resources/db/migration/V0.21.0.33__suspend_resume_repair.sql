-- suspend_, resume_, repair_stream_table, request_refresh. Each does nothing where there is nothing to do.

CREATE FUNCTION freshet.suspend_core(ticket bigint, name text, path text[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    role oid := freshet.take_ticket(ticket);
    id bigint := freshet.find_stream_table(name, path);
BEGIN
    PERFORM freshet.require_owner(id, role);
    PERFORM freshet.interrupt(id);
    IF EXISTS (SELECT FROM freshet.condition c WHERE c.pgt_id = id AND c.status <> 'SUSPENDED') THEN
        PERFORM freshet.append('stream_table:' || id, 'StreamTableSuspended', '{"reason": "suspended by a command"}');
    END IF;
END $$;

CREATE FUNCTION freshet.resume_core(ticket bigint, name text, path text[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    role oid := freshet.take_ticket(ticket);
    id bigint := freshet.find_stream_table(name, path);
BEGIN
    PERFORM freshet.require_owner(id, role);
    PERFORM freshet.interrupt(id);
    IF EXISTS (SELECT FROM freshet.condition c WHERE c.pgt_id = id AND (c.status IN ('SUSPENDED', 'ERROR') OR c.consecutive_errors > 0)) THEN
        PERFORM freshet.append('stream_table:' || id, 'StreamTableResumed', '{}');
    END IF;
END $$;

CREATE FUNCTION freshet.repair_core(ticket bigint, name text, path text[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    role oid := freshet.take_ticket(ticket);
    id bigint := freshet.find_stream_table(name, path);
BEGIN
    PERFORM freshet.require_owner(id, role);
    PERFORM freshet.require_table(id);
    PERFORM freshet.interrupt(id);
    PERFORM freshet.append('stream_table:' || id, 'RepairWanted', '{}');
END $$;

-- Whoever may read a stream table may ask for it to be fresh: one refresh runs at a time, and one that finds nothing new costs next to nothing.
CREATE FUNCTION freshet.require_reader(id bigint, role oid) RETURNS oid
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    relation oid := freshet.require_table(id);
BEGIN
    IF NOT freshet.may_command(id, role) AND NOT has_table_privilege(role, relation, 'SELECT') THEN
        RAISE EXCEPTION 'permission denied for stream table %', freshet.name_of(relation)
            USING ERRCODE = '42501', HINT = format('GRANT SELECT ON %s TO %s;', freshet.name_of(relation), quote_ident(pg_get_userbyid(role)));
    END IF;
    RETURN relation;
END $$;

CREATE FUNCTION freshet.request_core(ticket bigint, name text, path text[], wanted pg_snapshot) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    role oid := freshet.take_ticket(ticket);
    id bigint := freshet.find_stream_table(name, path);
BEGIN
    PERFORM freshet.require_reader(id, role);
    PERFORM freshet.require_running(id);
    RETURN freshet.append('stream_table:' || id, 'RefreshWanted', jsonb_build_object('snapshot', wanted::text));
END $$;

-- A suspended stream table does not refresh, and neither does what reads it.
CREATE FUNCTION freshet.require_running(id bigint) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    suspended record;
BEGIN
    WITH RECURSIVE upstream AS (
        SELECT require_running.id AS pgt_id
        UNION
        SELECT d.pgt_id FROM upstream u JOIN freshet.dependency e ON e.pgt_id = u.pgt_id JOIN freshet.definition d ON d.relid = e.source_relid)
    SELECT c.*, freshet.name_of(d.relid) AS name INTO suspended
      FROM upstream u JOIN freshet.condition c ON c.pgt_id = u.pgt_id JOIN freshet.definition d ON d.pgt_id = u.pgt_id
     WHERE c.status = 'SUSPENDED' ORDER BY (c.pgt_id = id) DESC LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION '% is suspended%', CASE WHEN suspended.pgt_id = id THEN 'stream table ' ELSE 'the upstream stream table ' END || suspended.name,
                coalesce(': ' || suspended.suspend_reason, '')
            USING ERRCODE = '55000', DETAIL = coalesce('Last error: ' || suspended.last_error, 'It was not suspended by an error.'),
                  HINT = format('SELECT freshet.resume_stream_table(%L);', suspended.name);
    END IF;
END $$;

CREATE FUNCTION freshet.suspend_stream_table(name text) RETURNS void
LANGUAGE sql VOLATILE RETURN freshet.suspend_core(freshet.leave_ticket(), name, freshet.caller_path());
COMMENT ON FUNCTION freshet.suspend_stream_table(text) IS 'Stops refreshing a stream table; its rows stay as they are.';

CREATE FUNCTION freshet.resume_stream_table(name text) RETURNS void
LANGUAGE sql VOLATILE RETURN freshet.resume_core(freshet.leave_ticket(), name, freshet.caller_path());
COMMENT ON FUNCTION freshet.resume_stream_table(text) IS 'Refreshes a stream table again, and forgets its errors.';

CREATE FUNCTION freshet.repair_stream_table(name text) RETURNS void
LANGUAGE sql VOLATILE RETURN freshet.repair_core(freshet.leave_ticket(), name, freshet.caller_path());
COMMENT ON FUNCTION freshet.repair_stream_table(text) IS 'Makes capture, buffers and frontier whole again and computes the stream table anew.';

CREATE FUNCTION freshet.request_refresh(name text) RETURNS bigint
LANGUAGE sql VOLATILE RETURN freshet.request_core(freshet.leave_ticket(), name, freshet.caller_path(), pg_catalog.pg_current_snapshot());
COMMENT ON FUNCTION freshet.request_refresh(text) IS 'Asks for a refresh and does not wait; the request''s id.';
