-- alter_stream_table and create_or_replace_stream_table.

CREATE FUNCTION freshet.stored_options(id bigint) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN (SELECT jsonb_build_object('schedule', d.schedule, 'refresh_mode', d.refresh_mode, 'tier', d.tier, 'cdc_mode', d.cdc_mode,
               'diamond_consistency', d.diamond_consistency, 'initialize', d.initialize, 'append_only', d.append_only)
          FROM freshet.definition d WHERE d.pgt_id = id);

-- Those of the options that are not as they are stored.
CREATE FUNCTION freshet.changed_options(id bigint, options jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN (SELECT coalesce(jsonb_object_agg(o.key, o.value), '{}') FROM jsonb_each(options) o
         WHERE o.value IS DISTINCT FROM freshet.stored_options(id) -> o.key);

CREATE FUNCTION freshet.require_table(id bigint) RETURNS oid
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    relation oid := (SELECT d.relid FROM freshet.definition d WHERE d.pgt_id = id);
BEGIN
    IF NOT EXISTS (SELECT FROM pg_class c WHERE c.oid = relation) THEN
        RAISE EXCEPTION 'the table of stream table % was dropped', freshet.name_of(relation)
            USING ERRCODE = '42P01', HINT = format('SELECT freshet.drop_stream_table(%L) takes away the rest; then create it again.', freshet.name_of(relation));
    END IF;
    RETURN relation;
END $$;

-- The query of an existing stream table, if it is another one. Its table's owner gets to see the rows, so he must be allowed to read the sources too.
CREATE FUNCTION freshet.alter_query(id bigint, view oid, role oid, request jsonb) RETURNS boolean
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    relation oid := freshet.require_table(id);
    definition record;
BEGIN
    PERFORM freshet.check_view_of_caller(view, role);
    PERFORM freshet.check_query(view, role);
    PERFORM freshet.check_cycle(view, relation);
    SELECT d.*, to_regrole(quote_ident(d.owner))::oid AS owner_oid INTO definition FROM freshet.definition d WHERE d.pgt_id = id;
    IF definition.owner_oid IS NOT NULL THEN
        PERFORM freshet.check_rights(view, definition.owner_oid);
    END IF;
    IF EXISTS (SELECT FROM pg_class c WHERE c.oid = definition.view_relid)
       AND freshet.canonical_query(definition.view_relid) = freshet.canonical_query(view)
       AND (request ->> 'keep_settings' = 'true' OR definition.settings = freshet.known_settings(request -> 'settings')) THEN
        RETURN false;
    END IF;
    PERFORM freshet.interrupt(id);
    PERFORM freshet.drop_state(id);
    PERFORM freshet.drop_definition_view(id);
    PERFORM freshet.adopt(id, freshet.create_definition_view(id, freshet.canonical_query(view)),
        jsonb_build_object('original_query', request ->> 'query', 'settings', freshet.known_settings(request -> 'settings')));
    RETURN true;
END $$;
REVOKE ALL ON FUNCTION freshet.alter_query(bigint, oid, oid, jsonb) FROM PUBLIC;

CREATE FUNCTION freshet.alter_core(ticket bigint, view oid, request jsonb) RETURNS oid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET client_min_messages = warning AS $$
DECLARE
    role oid := freshet.take_ticket(ticket);
    id bigint := freshet.find_stream_table(request ->> 'name', ARRAY(SELECT jsonb_array_elements_text(request -> 'path')));
    options jsonb := freshet.check_options(request);
BEGIN
    PERFORM freshet.require_owner(id, role);
    options := freshet.changed_options(id, options);
    IF options <> '{}' THEN
        PERFORM freshet.interrupt(id);
        PERFORM freshet.append('stream_table:' || id, 'StreamTableAltered', options);
    END IF;
    IF view IS NOT NULL THEN
        PERFORM freshet.alter_query(id, view, role, request);
    END IF;
    RETURN (SELECT d.relid FROM freshet.definition d WHERE d.pgt_id = id);
END $$;

CREATE FUNCTION freshet.alter_for_caller(name text, query text, options jsonb) RETURNS oid
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    view pg_catalog.oid;
    relation pg_catalog.oid;
BEGIN
    PERFORM freshet.find_stream_table(name, freshet.caller_path()), freshet.check_options(options);
    IF query IS NOT NULL THEN
        view := freshet.view_of_caller(query);
    END IF;
    relation := freshet.alter_core(freshet.leave_ticket(), view, freshet.request_of(name, query, options));
    IF view IS NOT NULL THEN
        PERFORM freshet.drop_view_of_caller(view);
    END IF;
    RETURN relation;
END $$;

CREATE FUNCTION freshet.alter_stream_table(
    name text, query text DEFAULT NULL, schedule text DEFAULT NULL, refresh_mode text DEFAULT NULL, tier text DEFAULT NULL,
    cdc_mode text DEFAULT NULL, diamond_consistency text DEFAULT NULL)
RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM freshet.alter_for_caller(name, query, freshet.options_of(schedule, refresh_mode, tier, NULL, cdc_mode, diamond_consistency, NULL));
END $$;
COMMENT ON FUNCTION freshet.alter_stream_table IS 'Changes the query or options of a stream table; what is NULL stays as it is.';

CREATE FUNCTION freshet.create_or_replace_stream_table(
    name text, query text, schedule text DEFAULT 'calculated', refresh_mode text DEFAULT 'AUTO', tier text DEFAULT NULL,
    initialize boolean DEFAULT true, cdc_mode text DEFAULT NULL, diamond_consistency text DEFAULT NULL, append_only boolean DEFAULT false)
RETURNS regclass
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    options pg_catalog.jsonb := freshet.options_of(schedule, refresh_mode, tier, initialize, cdc_mode, diamond_consistency, append_only);
BEGIN
    IF freshet.existing_stream_table(name, freshet.caller_path()) IS NULL THEN
        RETURN freshet.create_for_caller(name, query, options);
    ELSIF query IS NULL THEN
        RAISE EXCEPTION 'the query is missing' USING ERRCODE = '22023', HINT = 'freshet.alter_stream_table() changes options without one.';
    END IF;
    -- An unchanged definition stays as it is, also when this session has other settings (time zone, ...) than the one that made it.
    RETURN freshet.alter_for_caller(name, query,
        freshet.default_options() || pg_catalog.jsonb_strip_nulls(options) || pg_catalog.jsonb_build_object('keep_settings', true));
END $$;
COMMENT ON FUNCTION freshet.create_or_replace_stream_table IS 'Creates a stream table, or gives the existing one this definition; does nothing if it has it already.';
