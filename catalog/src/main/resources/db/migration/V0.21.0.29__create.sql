-- create_stream_table and its variants.

-- The schema that the new table goes to; the caller must have the right to create there, and the service too.
CREATE FUNCTION freshet.target_schema(name text, path text[], role oid) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    wanted record := freshet.parse_name(name);
    schema text := coalesce(wanted.schema, path[1]);
    namespace oid := to_regnamespace(quote_ident(schema));
    service oid := freshet.service_role();
    grantee oid;
BEGIN
    IF schema IS NULL THEN
        RAISE EXCEPTION 'no schema has been selected to create % in', name
            USING ERRCODE = '3F000', HINT = format('SET search_path, or write the schema: public.%s.', quote_ident(wanted.relation));
    ELSIF namespace IS NULL THEN
        RAISE EXCEPTION 'schema % does not exist', quote_ident(schema)
            USING ERRCODE = '3F000', HINT = format('CREATE SCHEMA %I; or choose another.', schema);
    ELSIF schema IN ('freshet', 'freshet_def', 'freshet_buffer', 'freshet_state', 'information_schema') OR schema LIKE E'pg\\_%' THEN
        RAISE EXCEPTION 'schema % is not for stream tables', quote_ident(schema)
            USING ERRCODE = '42501', HINT = 'Create it in a schema of your own, for example public.';
    END IF;
    FOREACH grantee IN ARRAY ARRAY[role, service] LOOP
        IF NOT has_schema_privilege(grantee, namespace, 'CREATE') OR NOT has_schema_privilege(grantee, namespace, 'USAGE') THEN
            RAISE EXCEPTION 'permission denied: role % may not create in schema %', quote_ident(pg_get_userbyid(grantee)), quote_ident(schema)
                USING ERRCODE = '42501', HINT = format('GRANT USAGE, CREATE ON SCHEMA %I TO %I;', schema, pg_get_userbyid(grantee));
        END IF;
    END LOOP;
    RETURN schema;
END $$;
REVOKE ALL ON FUNCTION freshet.target_schema(text, text[], oid) FROM PUBLIC;

-- Belongs to its creator where the service can act for him, else to the service, the creator having all privileges.
CREATE FUNCTION freshet.give_table(relation oid, role oid) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF role = freshet.service_role() THEN
        RETURN;
    ELSIF freshet.service_can_act_for(role) THEN
        EXECUTE format('ALTER TABLE %s OWNER TO %I', relation::regclass, pg_get_userbyid(role));
    ELSE
        EXECUTE format('GRANT ALL ON TABLE %s TO %I WITH GRANT OPTION', relation::regclass, pg_get_userbyid(role));
    END IF;
END $$;
REVOKE ALL ON FUNCTION freshet.give_table(oid, oid) FROM PUBLIC;

-- The table takes columns, types and collations from the view.
CREATE FUNCTION freshet.create_table(schema text, relation text, id bigint) RETURNS oid
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    EXECUTE format('CREATE TABLE %I.%I AS SELECT * FROM freshet_def.st_%s WITH NO DATA', schema, relation, id);
    RETURN format('%I.%I', schema, relation)::regclass;
EXCEPTION
    -- Of two that create the same name at the same time the second meets the first's row in a unique index.
    WHEN duplicate_table OR unique_violation THEN
        RAISE EXCEPTION 'relation %.% already exists', quote_ident(schema), quote_ident(relation)
            USING ERRCODE = '42P07', HINT = 'Choose another name, or drop what has it. For a stream table, freshet.create_or_replace_stream_table() changes its definition.';
END $$;
REVOKE ALL ON FUNCTION freshet.create_table(text, text, bigint) FROM PUBLIC;

CREATE FUNCTION freshet.create_core(ticket bigint, view oid, request jsonb) RETURNS oid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET client_min_messages = warning AS $$
DECLARE
    role oid := freshet.take_ticket(ticket);
    options jsonb := freshet.default_options() || freshet.check_options(request);
    wanted record := freshet.parse_name(request ->> 'name');
    schema text := freshet.target_schema(request ->> 'name', ARRAY(SELECT jsonb_array_elements_text(request -> 'path')), role);
    id bigint;
    relation oid;
    definition oid;
BEGIN
    IF EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = to_regnamespace(quote_ident(schema)) AND c.relname = wanted.relation) THEN
        RAISE EXCEPTION 'relation %.% already exists', quote_ident(schema), quote_ident(wanted.relation)
            USING ERRCODE = '42P07', HINT = 'Choose another name, or drop what has it. For a stream table, freshet.create_or_replace_stream_table() changes its definition.';
    END IF;
    PERFORM freshet.check_view_of_caller(view, role);
    PERFORM freshet.check_query(view, role);
    id := nextval('freshet.pgt_id');
    definition := freshet.create_definition_view(id, freshet.canonical_query(view));
    relation := freshet.create_table(schema, wanted.relation, id);
    PERFORM freshet.guard(relation);
    PERFORM freshet.comment_on(id, relation);
    PERFORM freshet.give_table(relation, role);
    PERFORM freshet.append('stream_table:' || id, 'StreamTableCreated', options || jsonb_build_object(
        'pgt_id', id, 'relid', relation::bigint, 'view_relid', definition::bigint, 'pgt_schema', schema, 'pgt_name', wanted.relation,
        'defining_query', freshet.canonical_query(definition), 'original_query', request ->> 'query',
        'owner', pg_get_userbyid(role), 'settings', freshet.known_settings(request -> 'settings'), 'hidden', false, 'parent_id', NULL));
    RETURN relation;
END $$;

CREATE FUNCTION freshet.request_of(name text, query text, options jsonb) RETURNS jsonb
LANGUAGE sql STABLE
RETURN options || pg_catalog.jsonb_build_object('name', name, 'query', query,
                                               'path', freshet.caller_path(), 'settings', freshet.session_settings());
COMMENT ON FUNCTION freshet.request_of(text, text, jsonb) IS 'The caller''s half: what a command is told, with the caller''s search path and settings.';

CREATE FUNCTION freshet.options_of(schedule text, refresh_mode text, tier text, initialize boolean, cdc_mode text, diamond_consistency text, append_only boolean)
RETURNS jsonb
LANGUAGE sql IMMUTABLE
RETURN pg_catalog.jsonb_build_object('schedule', schedule, 'refresh_mode', refresh_mode, 'tier', tier, 'initialize', initialize, 'cdc_mode', cdc_mode,
                                     'diamond_consistency', diamond_consistency, 'append_only', append_only);

CREATE FUNCTION freshet.create_for_caller(name text, query text, options jsonb) RETURNS regclass
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    view pg_catalog.oid;
    relation pg_catalog.oid;
BEGIN
    -- What is wrong with the name or the options is said before the query is looked at.
    PERFORM freshet.parse_name(name), freshet.check_options(options);
    view := freshet.view_of_caller(query);
    relation := freshet.create_core(freshet.leave_ticket(), view, freshet.request_of(name, query, options));
    PERFORM freshet.drop_view_of_caller(view);
    RETURN relation;
END $$;

CREATE FUNCTION freshet.create_stream_table(
    name text, query text, schedule text DEFAULT 'calculated', refresh_mode text DEFAULT 'AUTO', tier text DEFAULT NULL,
    initialize boolean DEFAULT true, cdc_mode text DEFAULT NULL, diamond_consistency text DEFAULT NULL, append_only boolean DEFAULT false)
RETURNS regclass
LANGUAGE sql VOLATILE
RETURN freshet.create_for_caller(name, query,
    freshet.options_of(schedule, refresh_mode, tier, initialize, cdc_mode, diamond_consistency, append_only));
COMMENT ON FUNCTION freshet.create_stream_table IS 'Creates a table that follows the result of a query. It is filled by the service after the commit.';

CREATE FUNCTION freshet.create_stream_table_if_not_exists(
    name text, query text, schedule text DEFAULT 'calculated', refresh_mode text DEFAULT 'AUTO', tier text DEFAULT NULL,
    initialize boolean DEFAULT true, cdc_mode text DEFAULT NULL, diamond_consistency text DEFAULT NULL, append_only boolean DEFAULT false)
RETURNS regclass
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    existing pg_catalog.oid := freshet.existing_stream_table(name, freshet.caller_path());
BEGIN
    IF existing IS NOT NULL THEN
        RAISE NOTICE 'stream table % already exists, skipping', name;
        RETURN existing;
    END IF;
    RETURN freshet.create_stream_table(name, query, schedule, refresh_mode, tier, initialize, cdc_mode, diamond_consistency, append_only);
EXCEPTION WHEN duplicate_table THEN
    -- Another session was faster; or the name is that of something else.
    existing := freshet.existing_stream_table(name, freshet.caller_path());
    IF existing IS NULL THEN
        RAISE;
    END IF;
    RETURN existing;
END $$;
COMMENT ON FUNCTION freshet.create_stream_table_if_not_exists IS 'Creates a stream table unless there is one of that name, whatever its definition.';

-- The stream table that a create of this name would meet; NULL if it would meet none, or something else (which create then reports).
CREATE FUNCTION freshet.existing_stream_table(name text, path text[]) RETURNS oid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    wanted record := freshet.parse_name(name);
BEGIN
    RETURN (SELECT d.relid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN freshet.definition d ON d.relid = c.oid
             WHERE n.nspname = coalesce(wanted.schema, path[1]) AND c.relname = wanted.relation AND NOT d.hidden);
END $$;
