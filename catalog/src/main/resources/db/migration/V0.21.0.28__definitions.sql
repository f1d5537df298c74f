-- The real view behind a definition, and the table that it fills.

-- The caller's half: PostgreSQL checks the query, with the caller's names and rights, and points at mistakes. Opening a cursor is what
-- refuses several statements and checks every privilege; the temporary view is what the core reads the query from.
CREATE FUNCTION freshet.view_of_caller(query text) RETURNS oid
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    probe refcursor;
    view_name text := 'freshet_query_' || pg_catalog.nextval('freshet.query_number'::pg_catalog.regclass)::pg_catalog.text;
BEGIN
    IF query IS NULL OR pg_catalog.btrim(query, E' \t\r\n') OPERATOR(pg_catalog.=) '' THEN
        RAISE EXCEPTION 'the query is missing' USING ERRCODE = '22023', HINT = 'Pass any SELECT, for example ''SELECT region, count(*) FROM orders GROUP BY region''.';
    END IF;
    BEGIN
        OPEN probe NO SCROLL FOR EXECUTE query;
        CLOSE probe;
    EXCEPTION
        WHEN invalid_cursor_definition THEN
            RAISE EXCEPTION 'the query is not one SELECT' USING ERRCODE = '42601', HINT = 'Pass exactly one SELECT, VALUES or TABLE, without INTO.';
        WHEN insufficient_privilege THEN
            RAISE EXCEPTION '%', SQLERRM USING ERRCODE = '42501', HINT = 'Whoever defines a stream table must be allowed to run its query.';
    END;
    BEGIN
        -- The text was found to be one query just above.
        EXECUTE 'CREATE TEMPORARY VIEW ' || view_name || ' AS ' || query;
    EXCEPTION
        WHEN syntax_error THEN
            RAISE EXCEPTION 'the query is not a SELECT' USING ERRCODE = '42601', HINT = 'Pass exactly one SELECT, VALUES or TABLE, without INTO.';
        WHEN insufficient_privilege THEN
            RAISE EXCEPTION '%', SQLERRM USING ERRCODE = '42501', HINT = pg_catalog.format('GRANT TEMPORARY ON DATABASE %I TO %I; the query is checked as a temporary view.',
            pg_catalog.current_database(), current_user);
    END;
    RETURN ('pg_temp.' || view_name)::pg_catalog.regclass::pg_catalog.oid;
END $$;
CREATE SEQUENCE freshet.query_number CYCLE;
GRANT USAGE ON SEQUENCE freshet.query_number TO PUBLIC;

CREATE FUNCTION freshet.drop_view_of_caller(view oid) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    EXECUTE 'DROP VIEW ' || view::pg_catalog.regclass::pg_catalog.text;
END $$;

-- Constants are printed as the session's settings say; here they are the same for everybody, at every time.
CREATE FUNCTION freshet.canonical_query(view oid) RETURNS text
LANGUAGE sql STABLE
SET search_path = '' SET quote_all_identifiers = off SET standard_conforming_strings = on SET extra_float_digits = 1
SET "TimeZone" = 'UTC' SET "DateStyle" = 'ISO, YMD' SET "IntervalStyle" = 'postgres' SET bytea_output = 'hex' SET lc_monetary = 'C'
SET xmlbinary = 'base64' SET xmloption = 'content' AS $$
    SELECT pg_catalog.rtrim(pg_catalog.pg_get_viewdef(view), E'; \n')
$$;
COMMENT ON FUNCTION freshet.canonical_query(oid) IS 'The query of a view as PostgreSQL prints it, every name qualified, under fixed settings.';

CREATE FUNCTION freshet.create_definition_view(id bigint, canonical text) RETURNS oid
LANGUAGE plpgsql VOLATILE
SET search_path = '' SET quote_all_identifiers = off SET standard_conforming_strings = on SET extra_float_digits = 1
SET "TimeZone" = 'UTC' SET "DateStyle" = 'ISO, YMD' SET "IntervalStyle" = 'postgres' SET bytea_output = 'hex' SET lc_monetary = 'C'
SET xmlbinary = 'base64' SET xmloption = 'content' AS $$
BEGIN
    EXECUTE pg_catalog.format('CREATE VIEW freshet_def.st_%s AS %s', id, canonical);
    RETURN pg_catalog.format('freshet_def.st_%s', id)::pg_catalog.regclass::pg_catalog.oid;
END $$;
REVOKE ALL ON FUNCTION freshet.create_definition_view(bigint, text) FROM PUBLIC;

CREATE FUNCTION freshet.drop_definition_view(id bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    view regclass := to_regclass(format('freshet_def.st_%s', id));
BEGIN
    IF view IS NOT NULL THEN
        EXECUTE format('DROP VIEW %s', view);
    END IF;
END $$;
REVOKE ALL ON FUNCTION freshet.drop_definition_view(bigint) FROM PUBLIC;

-- The view must be one that the ticket's holder made in this session, as it stands: its owner is what proves whose rights count.
CREATE FUNCTION freshet.check_view_of_caller(view oid, role oid) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_class c WHERE c.oid = view AND c.relkind = 'v' AND c.relowner = role
                      AND c.relnamespace = pg_my_temp_schema() AND c.reloptions IS NULL) THEN
        RAISE EXCEPTION 'not a view of the caller' USING ERRCODE = '42501', HINT = 'Call the commands themselves, for example freshet.create_stream_table().';
    END IF;
END $$;
REVOKE ALL ON FUNCTION freshet.check_view_of_caller(oid, oid) FROM PUBLIC;

CREATE FUNCTION freshet.comment_on(id bigint, relation oid) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    EXECUTE format('COMMENT ON VIEW freshet_def.st_%s IS %L', id,
                   format('Defining query of stream table %s. To change its sources, see freshet.release_source().', freshet.name_of(relation)));
    IF obj_description(relation, 'pg_class') IS NULL THEN
        EXECUTE format('COMMENT ON TABLE %s IS %L', relation::regclass,
                       format('Stream table, kept fresh by Freshet. SELECT * FROM freshet.pgt_stream_tables WHERE pgt_id = %s', id));
    END IF;
END $$;
REVOKE ALL ON FUNCTION freshet.comment_on(bigint, oid) FROM PUBLIC;
