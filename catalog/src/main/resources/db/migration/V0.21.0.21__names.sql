-- Names, read as PostgreSQL reads identifiers: folded to lower case unless quoted, at most two parts.

CREATE FUNCTION freshet.parse_name(name text, OUT schema text, OUT relation text)
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    parts text[];
    example CONSTANT text := 'Write table or schema.table, with double quotes around what is not a plain identifier: sales.total_by_region, "Sales"."Total 2024".';
BEGIN
    IF name IS NULL OR btrim(name) = '' THEN
        RAISE EXCEPTION 'the name of the stream table is missing' USING ERRCODE = '22023', HINT = example;
    END IF;
    BEGIN
        parts := parse_ident(name);
    EXCEPTION WHEN invalid_parameter_value THEN
        RAISE EXCEPTION 'not a name: %', name USING ERRCODE = '42602', HINT = example;
    END;
    IF array_length(parts, 1) > 2 THEN
        RAISE EXCEPTION 'the name % has % parts', name, array_length(parts, 1)
            USING ERRCODE = '42601', HINT = 'A stream table lives in the database that it is created in. ' || example;
    END IF;
    IF EXISTS (SELECT FROM unnest(parts) part WHERE octet_length(part) > 63) THEN
        RAISE EXCEPTION 'the name % is longer than 63 bytes', name
            USING ERRCODE = '42622', HINT = 'PostgreSQL cuts longer identifiers; choose a shorter one.';
    END IF;
    IF '' = ANY (parts) THEN
        RAISE EXCEPTION 'the name % has an empty part', name USING ERRCODE = '42602', HINT = example;
    END IF;
    relation := parts[array_length(parts, 1)];
    schema := CASE WHEN array_length(parts, 1) = 2 THEN parts[1] END;
END $$;
COMMENT ON FUNCTION freshet.parse_name(text) IS 'Schema (NULL if not written) and relation of a name as people write it.';

-- The stream table as people should read it in messages.
CREATE FUNCTION freshet.name_of(relation oid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN coalesce(
    (SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = relation),
    (SELECT format('%I.%I', d.pgt_schema, d.pgt_name) FROM freshet.definition d WHERE d.relid = relation),
    relation::text);
COMMENT ON FUNCTION freshet.name_of(oid) IS 'Qualified, quoted name of a relation.';

-- The schemas that the caller's unqualified names are looked up in. Evaluated as the caller, therefore without SET.
CREATE FUNCTION freshet.caller_path() RETURNS text[]
LANGUAGE sql STABLE
RETURN pg_catalog.current_schemas(false)::pg_catalog.text[];

-- The relation that the name means, or NULL.
CREATE FUNCTION freshet.find_relation(name text, path text[]) RETURNS oid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    wanted record := freshet.parse_name(name);
BEGIN
    RETURN (SELECT c.oid
              FROM unnest(CASE WHEN wanted.schema IS NULL THEN path ELSE ARRAY[wanted.schema] END) WITH ORDINALITY AS place (schema, rank)
              JOIN pg_namespace n ON n.nspname = place.schema
              JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.relation
             ORDER BY place.rank LIMIT 1);
END $$;

-- The stream table that the name means; raises if there is none. One that was dropped by DROP TABLE, and not noticed yet, is found by its old name.
CREATE FUNCTION freshet.find_stream_table(name text, path text[]) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    relation oid := freshet.find_relation(name, path);
    wanted record := freshet.parse_name(name);
    id bigint;
BEGIN
    IF relation IS NULL THEN
        SELECT d.pgt_id INTO id FROM freshet.definition d
         WHERE d.pgt_name = wanted.relation AND d.pgt_schema = ANY (CASE WHEN wanted.schema IS NULL THEN path ELSE ARRAY[wanted.schema] END)
           AND NOT d.hidden AND NOT EXISTS (SELECT FROM pg_class c WHERE c.oid = d.relid);
    ELSE
        SELECT d.pgt_id INTO id FROM freshet.definition d WHERE d.relid = relation AND NOT d.hidden;
    END IF;
    IF id IS NOT NULL THEN
        RETURN id;
    END IF;
    IF relation IS NOT NULL THEN
        RAISE EXCEPTION '% is not a stream table', freshet.name_of(relation)
            USING ERRCODE = '42809', HINT = 'SELECT pgt_schema, pgt_name FROM freshet.pgt_stream_tables shows the stream tables of this database.';
    END IF;
    RAISE EXCEPTION 'stream table % does not exist', name
        USING ERRCODE = '42P01', HINT = format('SELECT pgt_schema, pgt_name FROM freshet.pgt_stream_tables shows the stream tables of this database. Unqualified names are looked up in the search_path, here: %s.',
                                               coalesce(nullif(array_to_string(path, ', '), ''), '(empty)'));
END $$;
COMMENT ON FUNCTION freshet.find_stream_table(text, text[]) IS 'pgt_id of the stream table that a name means under a search path.';

-- Who may command a stream table: its owner, its creator where the table belongs to the service, an administrator.
CREATE FUNCTION freshet.may_command(id bigint, role oid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN freshet.is_administrator(role) OR EXISTS (
    SELECT FROM freshet.definition d LEFT JOIN pg_class c ON c.oid = d.relid
     WHERE d.pgt_id = id
       AND (pg_has_role(role, c.relowner, 'USAGE')
            OR (c.oid IS NULL OR c.relowner = freshet.service_role())
               AND pg_has_role(role, to_regrole(quote_ident(d.owner)), 'USAGE')));

CREATE FUNCTION freshet.require_owner(id bigint, role oid) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT freshet.may_command(id, role) THEN
        RAISE EXCEPTION 'must be owner of stream table %', (SELECT freshet.name_of(d.relid) FROM freshet.definition d WHERE d.pgt_id = id)
            USING ERRCODE = '42501', HINT = 'Call this as the owner of the stream table, as a member of its owner, or as a member of the service''s role.';
    END IF;
END $$;
