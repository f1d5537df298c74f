-- release_source: lets go of a table before a migration that PostgreSQL refuses while a definition uses its columns. After the commit
-- the service makes the definitions again, with readopt().

CREATE FUNCTION freshet.inheritance_tree(relation oid) RETURNS SETOF oid
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH RECURSIVE tree AS (
        SELECT inheritance_tree.relation AS relid
        UNION
        SELECT i.inhrelid FROM tree t JOIN pg_inherits i ON i.inhparent = t.relid)
    SELECT relid FROM tree
$$;

-- A hidden stream table stands for a part of another one's query.
CREATE FUNCTION freshet.visible_parent(id bigint) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH RECURSIVE up AS (
        SELECT d.pgt_id, d.hidden, d.parent_id FROM freshet.definition d WHERE d.pgt_id = id
        UNION
        SELECT d.pgt_id, d.hidden, d.parent_id FROM up JOIN freshet.definition d ON up.hidden AND d.pgt_id = up.parent_id)
    SELECT up.pgt_id FROM up WHERE NOT up.hidden
$$;

CREATE FUNCTION freshet.release(id bigint, source oid) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    definition freshet.definition := (SELECT d FROM freshet.definition d WHERE d.pgt_id = id);
    canonical text;
BEGIN
    PERFORM freshet.interrupt(id);
    -- The view has followed renames since its text was stored.
    canonical := freshet.canonical_query(definition.view_relid);
    IF canonical <> definition.defining_query THEN
        PERFORM freshet.append('stream_table:' || id, 'StreamTableAltered', jsonb_build_object('defining_query', canonical));
    END IF;
    PERFORM freshet.drop_state(id);
    PERFORM freshet.drop_definition_view(id);
    PERFORM freshet.append('stream_table:' || id, 'SourceReleased', jsonb_build_object('source_relid', source::bigint));
END $$;
REVOKE ALL ON FUNCTION freshet.release(bigint, oid) FROM PUBLIC;

CREATE FUNCTION freshet.release_core(ticket bigint, source oid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET client_min_messages = warning AS $$
DECLARE
    role oid := freshet.take_ticket(ticket);
    owner oid := (SELECT c.relowner FROM pg_class c WHERE c.oid = source);
BEGIN
    IF owner IS NULL THEN
        RAISE EXCEPTION 'the table to release does not exist' USING ERRCODE = '42P01', HINT = 'Pass a table: SELECT freshet.release_source(''orders'');';
    ELSIF NOT pg_has_role(role, owner, 'USAGE') AND NOT freshet.is_administrator(role) THEN
        RAISE EXCEPTION 'must be owner of %', freshet.name_of(source)
            USING ERRCODE = '42501', HINT = 'Whoever may alter a table may release it.';
    END IF;
    PERFORM freshet.release(r.id, source)
       FROM (SELECT DISTINCT freshet.visible_parent(reader) AS id
               FROM freshet.inheritance_tree(source) part, freshet.readers(part) reader) r ORDER BY r.id;
    PERFORM freshet.drop_capture(part) FROM freshet.inheritance_tree(source) part;
END $$;

CREATE FUNCTION freshet.release_source(source regclass) RETURNS void
LANGUAGE sql VOLATILE RETURN freshet.release_core(freshet.leave_ticket(), source);
COMMENT ON FUNCTION freshet.release_source(regclass) IS
    'Lets go of a table in this transaction, for a migration that PostgreSQL refuses otherwise; its stream tables are made again after the commit.';

CREATE FUNCTION freshet.lose_definition(id bigint, code text, message text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM freshet.condition c JOIN freshet.definition d USING (pgt_id)
                    WHERE c.pgt_id = id AND d.view_relid IS NULL AND c.status IN ('ERROR', 'SUSPENDED') AND c.last_error_code = code AND c.last_error = message) THEN
        PERFORM freshet.append('stream_table:' || id, 'DefinitionLost', jsonb_build_object('error_code', code, 'error_message', message));
    END IF;
END $$;
REVOKE ALL ON FUNCTION freshet.lose_definition(bigint, text, text) FROM PUBLIC;

-- For the service, after SourceReleased and RepairWanted: makes the definition again from its text and gives the table its columns. False,
-- with the reason in last_error, if that cannot be done; then a repair, or another query, tries again.
CREATE FUNCTION freshet.readopt(id bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET client_min_messages = warning AS $$
DECLARE
    definition freshet.definition := (SELECT d FROM freshet.definition d WHERE d.pgt_id = id AND NOT d.hidden);
    view oid;
BEGIN
    IF definition.pgt_id IS NULL OR NOT EXISTS (SELECT FROM pg_class c WHERE c.oid = definition.relid) THEN
        RETURN false;
    ELSIF EXISTS (SELECT FROM pg_class c WHERE c.oid = definition.view_relid) THEN
        RETURN true;
    END IF;
    PERFORM freshet.interrupt(id);
    PERFORM freshet.drop_state(id);
    view := freshet.create_definition_view(id, definition.defining_query);
    PERFORM freshet.check_query(view, coalesce(to_regrole(quote_ident(definition.owner))::oid, freshet.service_role()));
    PERFORM freshet.check_cycle(view, definition.relid);
    PERFORM freshet.adopt(id, view, '{}');
    RETURN true;
EXCEPTION
    WHEN lock_not_available OR deadlock_detected OR serialization_failure THEN
        RAISE;
    WHEN OTHERS THEN
        PERFORM freshet.lose_definition(id, SQLSTATE, SQLERRM);
        RETURN false;
END $$;
COMMENT ON FUNCTION freshet.readopt(bigint) IS 'Makes the definition view of a stream table again from its text. For the service.';
REVOKE ALL ON FUNCTION freshet.readopt(bigint) FROM PUBLIC;
