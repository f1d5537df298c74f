-- release_source: lets go of a table before a migration that PostgreSQL refuses while a definition uses its columns. After the commit
-- the service makes the definitions again, with readopt().

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
               FROM freshet.inheritance_family(source) part, freshet.readers(part) reader) r ORDER BY r.id;
    PERFORM freshet.drop_capture(source);
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

-- The owner of the table can take the guard off.
CREATE FUNCTION freshet.mend_guard(relation oid) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = relation AND t.tgfoid = 'freshet.refuse_write()'::regprocedure AND t.tgenabled = 'A') THEN
        EXECUTE format('DROP TRIGGER IF EXISTS freshet_guard ON %s', relation::regclass);
        PERFORM freshet.guard(relation);
    END IF;
END $$;
REVOKE ALL ON FUNCTION freshet.mend_guard(oid) FROM PUBLIC;

-- He can change its columns, too.
CREATE FUNCTION freshet.mend_columns(definition freshet.definition) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    change record := freshet.column_changes(definition.relid, definition.view_relid);
BEGIN
    IF cardinality(change.dropped) + cardinality(change.added) > 0 THEN
        PERFORM freshet.interrupt(definition.pgt_id);
        PERFORM freshet.drop_state(definition.pgt_id);
        PERFORM freshet.adopt(definition.pgt_id, definition.view_relid, '{}');
    END IF;
END $$;
REVOKE ALL ON FUNCTION freshet.mend_columns(freshet.definition) FROM PUBLIC;

-- The definition made again from its text. Whoever owns the stream table must still be allowed to read what that text means today.
CREATE FUNCTION freshet.restore_definition(definition freshet.definition) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    view oid;
BEGIN
    PERFORM freshet.interrupt(definition.pgt_id);
    PERFORM freshet.drop_state(definition.pgt_id);
    view := freshet.create_definition_view(definition.pgt_id, definition.defining_query);
    PERFORM freshet.check_query(view, coalesce(to_regrole(quote_ident(definition.owner))::oid, freshet.service_role()));
    PERFORM freshet.check_cycle(view, definition.relid);
    PERFORM freshet.adopt(definition.pgt_id, view, '{}');
END $$;
REVOKE ALL ON FUNCTION freshet.restore_definition(freshet.definition) FROM PUBLIC;

-- For the service, after SourceReleased and RepairWanted: definition and table are made what they should be. False, with the reason in
-- last_error, if that cannot be done; then a repair, or another query, tries again.
CREATE FUNCTION freshet.readopt(id bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET client_min_messages = warning AS $$
DECLARE
    definition freshet.definition := (SELECT d FROM freshet.definition d WHERE d.pgt_id = id AND NOT d.hidden);
BEGIN
    IF definition.pgt_id IS NULL OR NOT EXISTS (SELECT FROM pg_class c WHERE c.oid = definition.relid) THEN
        RETURN false;
    END IF;
    PERFORM freshet.mend_guard(definition.relid);
    IF EXISTS (SELECT FROM pg_class c WHERE c.oid = definition.view_relid) THEN
        PERFORM freshet.mend_columns(definition);
    ELSE
        PERFORM freshet.restore_definition(definition);
    END IF;
    RETURN true;
EXCEPTION
    WHEN lock_not_available OR deadlock_detected OR serialization_failure THEN
        RAISE;
    WHEN OTHERS THEN
        PERFORM freshet.lose_definition(id, SQLSTATE, SQLERRM);
        RETURN false;
END $$;
COMMENT ON FUNCTION freshet.readopt(bigint) IS 'Makes definition and table of a stream table whole again. For the service.';
REVOKE ALL ON FUNCTION freshet.readopt(bigint) FROM PUBLIC;
