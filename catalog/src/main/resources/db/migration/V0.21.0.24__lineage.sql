-- What a query reads, and whether it may. The relations come from the view's stored tree (pg_depend does not list the pinned system
-- catalogs), the columns from pg_depend.

CREATE FUNCTION freshet.relations_named_by(view oid) RETURNS TABLE (relid oid, columns int2[])
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT named.relid,
           (SELECT array_agg(DISTINCT d.refobjsubid::int2 ORDER BY d.refobjsubid::int2) FROM pg_depend d
             WHERE d.classid = 'pg_rewrite'::regclass AND d.objid = named.rule AND d.refclassid = 'pg_class'::regclass
               AND d.refobjid = named.relid AND d.refobjsubid <> 0)
      FROM (SELECT DISTINCT r.oid AS rule, found[1]::oid AS relid
              FROM pg_rewrite r, regexp_matches(r.ev_action::text, E':relid (\\d+)', 'g') found
             WHERE r.ev_class = view AND r.rulename = '_RETURN') named
     WHERE named.relid NOT IN (0, view)
$$;
COMMENT ON FUNCTION freshet.relations_named_by(oid) IS 'Relations in the query of a view, each with the columns it uses.';

-- Views are expanded, as PostgreSQL does it: their relations are read with the rights of the view's owner, unless it is a security_invoker view.
CREATE FUNCTION freshet.lineage(view oid, role oid) RETURNS TABLE (relid oid, kind "char", reader oid, columns int2[])
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH RECURSIVE walk AS (
        SELECT n.relid, c.relkind, lineage.role AS reader, n.columns
          FROM freshet.relations_named_by(lineage.view) n JOIN pg_class c ON c.oid = n.relid
        UNION
        SELECT n.relid, c.relkind, CASE WHEN v.reloptions::text ~* 'security_invoker=(t|y|on|1)' THEN w.reader ELSE v.relowner END, n.columns
          FROM walk w JOIN pg_class v ON v.oid = w.relid AND v.relkind = 'v',
               freshet.relations_named_by(w.relid) n JOIN pg_class c ON c.oid = n.relid)
    SELECT w.relid, w.relkind, w.reader, w.columns FROM walk w
$$;
COMMENT ON FUNCTION freshet.lineage(oid, oid) IS 'Every relation that the query of a view reads, through views, and the role whose rights count there.';

-- With no column in use PostgreSQL asks for any column, but a whole row looks the same here: the whole table is asked for.
CREATE FUNCTION freshet.may_read(role oid, relation oid, columns int2[]) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN has_table_privilege(role, relation, 'SELECT')
    OR coalesce((SELECT bool_and(has_column_privilege(role, relation, a, 'SELECT')) FROM unnest(columns) a), false);

-- Row-level security as PostgreSQL decides it, for any role.
CREATE FUNCTION freshet.row_security_applies(role oid, relation oid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN (SELECT c.relrowsecurity
           AND NOT (SELECT r.rolsuper OR r.rolbypassrls FROM pg_roles r WHERE r.oid = role)
           AND (c.relforcerowsecurity OR NOT pg_has_role(role, c.relowner, 'USAGE'))
          FROM pg_class c WHERE c.oid = relation);

CREATE FUNCTION freshet.check_policies(relation oid, reader oid) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF freshet.row_security_applies(reader, relation) OR freshet.row_security_applies(freshet.service_role(), relation) THEN
        RAISE EXCEPTION 'row-level security of % hides rows from % or from the service''s role %', freshet.name_of(relation),
                quote_ident(pg_get_userbyid(reader)), quote_ident(pg_get_userbyid(freshet.service_role()))
            USING ERRCODE = '0A000', HINT = 'Triggers capture rows that the query would not show. Define the stream table as the owner of that table, or a member of it, make the service a member too, and put policies on the stream table instead.';
    END IF;
END $$;

CREATE FUNCTION freshet.check_kind(relation oid) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    source record;
BEGIN
    SELECT c.relkind, c.relpersistence, n.nspname INTO source
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = relation;
    IF source.relpersistence = 't' THEN
        RAISE EXCEPTION 'the query reads the temporary relation %', freshet.name_of(relation)
            USING ERRCODE = '0A000', HINT = 'Its rows are visible to one session only. Use a permanent table; an UNLOGGED one is as cheap to write.';
    ELSIF source.nspname IN ('freshet', 'freshet_def', 'freshet_buffer', 'freshet_state') THEN
        RAISE EXCEPTION 'the query reads %, which belongs to Freshet itself', freshet.name_of(relation)
            USING ERRCODE = '0A000', HINT = 'Each refresh writes there, so it would never be up to date. Query it directly, or through a view.';
    ELSIF source.relkind NOT IN ('r', 'p', 'm', 'f', 'v') THEN
        RAISE EXCEPTION 'the query reads %, which is neither a table nor a view', freshet.name_of(relation)
            USING ERRCODE = '0A000', HINT = 'Read tables, views, materialized views or foreign tables.';
    END IF;
END $$;

CREATE FUNCTION freshet.check_rights(view oid, role oid) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    source record;
    who text;
BEGIN
    FOR source IN SELECT l.*, n.nspname, n.oid AS namespace FROM freshet.lineage(view, role) l
                    JOIN pg_class c ON c.oid = l.relid JOIN pg_namespace n ON n.oid = c.relnamespace ORDER BY l.relid LOOP
        who := quote_ident(pg_get_userbyid(source.reader));
        IF NOT freshet.may_read(source.reader, source.relid, source.columns) THEN
            RAISE EXCEPTION 'permission denied: role % may not read %', who, freshet.name_of(source.relid)
                USING ERRCODE = '42501', HINT = format('GRANT SELECT ON %s TO %s;%s', freshet.name_of(source.relid), who,
                    CASE WHEN source.reader = freshet.service_role() THEN ' Better: make the service a member of the role that owns the table.' ELSE '' END);
        ELSIF source.reader = role AND NOT has_schema_privilege(role, source.namespace, 'USAGE') THEN
            RAISE EXCEPTION 'permission denied: role % may not use schema %', who, quote_ident(source.nspname)
                USING ERRCODE = '42501', HINT = format('GRANT USAGE ON SCHEMA %I TO %s;', source.nspname, who);
        END IF;
        PERFORM freshet.check_policies(source.relid, source.reader);
    END LOOP;
END $$;
COMMENT ON FUNCTION freshet.check_rights(oid, oid) IS 'Raises unless the role may read everything that the query of the view reads.';

-- The way from a query back to a stream table that it reads: names from the query's relation down to it; NULL if there is none.
CREATE FUNCTION freshet.path_to(view oid, target oid) RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH RECURSIVE walk AS (
        SELECT n.relid, ARRAY[n.relid] AS path FROM freshet.relations_named_by(path_to.view) n
        UNION ALL
        SELECT n.relid, w.path || n.relid
          FROM walk w LEFT JOIN freshet.definition d ON d.relid = w.relid,
               freshet.relations_named_by(coalesce(d.view_relid, w.relid)) n
         WHERE w.relid <> path_to.target AND n.relid <> ALL (w.path))
    SELECT ARRAY(SELECT freshet.name_of(p) FROM unnest(w.path) WITH ORDINALITY AS u (p, i) ORDER BY i)
      FROM walk w WHERE w.relid = path_to.target ORDER BY cardinality(w.path) LIMIT 1
$$;

CREATE FUNCTION freshet.check_cycle(view oid, target oid) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    path text[] := freshet.path_to(view, target);
BEGIN
    IF path IS NOT NULL THEN
        RAISE EXCEPTION 'the query makes % read itself: %', freshet.name_of(target), freshet.name_of(target) || ' -> ' || array_to_string(path, ' -> ')
            USING ERRCODE = '42P17', HINT = 'A stream table cannot depend on its own result. Take one step of this way out of its query, or write it as a recursive query (WITH RECURSIVE).';
    END IF;
END $$;

-- Stream tables that read the relation, directly or through views and other stream tables; the nearest first.
CREATE FUNCTION freshet.dependents(relation oid) RETURNS TABLE (pgt_id bigint, depth int)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH RECURSIVE walk AS (
        SELECT dependents.relation AS relid, 0 AS depth
        UNION
        SELECT coalesce(d.relid, r.ev_class), w.depth + 1
          FROM walk w
          JOIN pg_depend p ON p.refclassid = 'pg_class'::regclass AND p.refobjid = w.relid AND p.classid = 'pg_rewrite'::regclass
          JOIN pg_rewrite r ON r.oid = p.objid AND r.ev_class <> w.relid
          LEFT JOIN freshet.definition d ON d.view_relid = r.ev_class
         WHERE w.depth < 1000)
    SELECT d.pgt_id, min(w.depth) FROM walk w JOIN freshet.definition d ON d.relid = w.relid
     WHERE w.depth > 0 GROUP BY d.pgt_id ORDER BY 2, 1
$$;
COMMENT ON FUNCTION freshet.dependents(oid) IS 'Stream tables whose queries read a relation, through views and stream tables.';

-- Stream tables whose own query reads the relation, directly or through views: those whose definition pins it.
CREATE FUNCTION freshet.readers(relation oid) RETURNS SETOF bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH RECURSIVE walk AS (
        SELECT readers.relation AS relid
        UNION
        SELECT r.ev_class FROM walk w
          JOIN pg_depend p ON p.refclassid = 'pg_class'::regclass AND p.refobjid = w.relid AND p.classid = 'pg_rewrite'::regclass
          JOIN pg_rewrite r ON r.oid = p.objid AND r.ev_class <> w.relid)
    SELECT d.pgt_id FROM walk w JOIN freshet.definition d ON d.view_relid = w.relid
$$;
COMMENT ON FUNCTION freshet.readers(oid) IS 'Stream tables whose own query reads a relation, directly or through views.';

-- Policies may come later than the stream table. Asked before it is compiled anew, which they make necessary.
CREATE FUNCTION freshet.require_unhidden(id bigint) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    creator oid;
    view    oid;
BEGIN
    SELECT d.view_relid, coalesce(to_regrole(quote_ident(d.owner))::oid, freshet.service_role()) INTO view, creator
      FROM freshet.definition AS d WHERE d.pgt_id = id;
    PERFORM freshet.check_policies(l.relid, l.reader) FROM freshet.lineage(view, creator) AS l;
END $$;
REVOKE ALL ON FUNCTION freshet.require_unhidden(bigint) FROM PUBLIC;
