-- drop_stream_table.

-- What a refresh remembers besides the rows: tables s<pgt_id>_* and hidden stream tables in freshet_state.
CREATE FUNCTION freshet.drop_state(id bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    part record;
BEGIN
    FOR part IN SELECT d.pgt_id FROM freshet.definition d WHERE d.parent_id = id ORDER BY d.pgt_id DESC LOOP
        PERFORM freshet.drop_all_of(part.pgt_id);
    END LOOP;
    FOR part IN SELECT c.oid::regclass AS name FROM pg_class c
                 WHERE c.relnamespace = 'freshet_state'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname LIKE format(E's%s\\_%%', id) LOOP
        EXECUTE format('DROP TABLE IF EXISTS %s CASCADE', part.name);
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION freshet.drop_state(bigint) FROM PUBLIC;

-- The stream table with everything that is its own. Its buffers, if others read it, are left to the service.
CREATE FUNCTION freshet.drop_all_of(id bigint, noticed boolean DEFAULT false) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    relation oid := (SELECT d.relid FROM freshet.definition d WHERE d.pgt_id = id);
BEGIN
    PERFORM freshet.interrupt(id);
    PERFORM freshet.drop_state(id);
    PERFORM freshet.drop_definition_view(id);
    IF EXISTS (SELECT FROM pg_class c WHERE c.oid = relation) THEN
        EXECUTE format('DROP TABLE %s CASCADE', relation::regclass);
    END IF;
    PERFORM freshet.append('stream_table:' || id, 'StreamTableDropped', CASE WHEN noticed THEN '{"noticed": true}' ELSE '{}' END::jsonb);
EXCEPTION WHEN insufficient_privilege THEN
    RAISE EXCEPTION 'the service may not drop %: %', freshet.name_of(relation), SQLERRM
        USING ERRCODE = '42501', HINT = format('DROP TABLE %s; as its owner, the service notices and cleans up. Or make the service a member of the owner.', freshet.name_of(relation));
END $$;
REVOKE ALL ON FUNCTION freshet.drop_all_of(bigint, boolean) FROM PUBLIC;

-- Everything that would go with the table: stream tables that read it, through whatever, and views.
CREATE FUNCTION freshet.users_of(relation oid) RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH RECURSIVE walk AS (
        SELECT users_of.relation AS relid, 0 AS depth
        UNION
        SELECT coalesce(d.relid, r.ev_class), w.depth + 1
          FROM walk w
          JOIN pg_depend p ON p.refclassid = 'pg_class'::regclass AND p.refobjid = w.relid AND p.classid = 'pg_rewrite'::regclass
          JOIN pg_rewrite r ON r.oid = p.objid AND r.ev_class <> w.relid
          LEFT JOIN freshet.definition d ON d.view_relid = r.ev_class
         WHERE w.depth < 1000)
    SELECT ARRAY(SELECT CASE WHEN EXISTS (SELECT FROM freshet.definition d WHERE d.relid = w.relid) THEN 'stream table '
                             WHEN c.relkind = 'm' THEN 'materialized view ' ELSE 'view ' END || freshet.name_of(w.relid)
                   FROM walk w JOIN pg_class c ON c.oid = w.relid
                  WHERE w.depth > 0 AND NOT EXISTS (SELECT FROM freshet.definition d WHERE d.relid = w.relid AND d.hidden)
                  GROUP BY w.relid, c.relkind ORDER BY min(w.depth), 1)
$$;

CREATE FUNCTION freshet.drop_core(ticket bigint, name text, path text[], cascade boolean) RETURNS text[]
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET client_min_messages = warning AS $$
DECLARE
    role oid := freshet.take_ticket(ticket);
    id bigint := freshet.find_stream_table(name, path);
    relation oid := (SELECT d.relid FROM freshet.definition d WHERE d.pgt_id = id);
    users text[] := freshet.users_of(relation);
    dependent record;
BEGIN
    PERFORM freshet.require_owner(id, role);
    IF cardinality(users) > 0 AND NOT coalesce(cascade, false) THEN
        RAISE EXCEPTION 'cannot drop stream table %, because other objects depend on it', freshet.name_of(relation)
            USING ERRCODE = '2BP01', DETAIL = array_to_string(users, E'\n'),
                  HINT = format('Drop or change these first, or drop them too: SELECT freshet.drop_stream_table(%L, cascade => true);', freshet.name_of(relation));
    END IF;
    -- The last of a chain first, so that every table is free when its turn comes; a hidden one goes with its parent.
    FOR dependent IN SELECT d.pgt_id FROM freshet.dependents(relation) d ORDER BY d.depth DESC, d.pgt_id DESC LOOP
        IF EXISTS (SELECT FROM freshet.definition d WHERE d.pgt_id = dependent.pgt_id AND NOT d.hidden) THEN
            PERFORM freshet.drop_all_of(dependent.pgt_id);
        END IF;
    END LOOP;
    PERFORM freshet.drop_all_of(id);
    RETURN users;
END $$;

CREATE FUNCTION freshet.drop_stream_table(name text, cascade boolean DEFAULT false) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    users pg_catalog.text[] := freshet.drop_core(freshet.leave_ticket(), name, freshet.caller_path(), cascade);
    gone pg_catalog.text;
BEGIN
    FOREACH gone IN ARRAY users LOOP
        RAISE NOTICE 'drop cascades to %', gone;
    END LOOP;
END $$;
COMMENT ON FUNCTION freshet.drop_stream_table IS 'Drops a stream table; with cascade also what reads it.';
