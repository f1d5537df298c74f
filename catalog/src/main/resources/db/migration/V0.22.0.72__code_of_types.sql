-- Types run code: a domain its checks, at each cast and wherever its values are read from text; a range type its functions for the
-- difference and the canonical form. It would run with the rights of the service, and a domain gets another check at any time.

-- Over-inclusive, and cheap: every type that the stored tree names as a result or of a constant.
CREATE FUNCTION freshet.types_named_by(view oid) RETURNS TABLE (type oid)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT id::oid
      FROM pg_rewrite AS r,
           regexp_matches(r.ev_action::text, E':(?:resulttype|funcresulttype|opresulttype|consttype|typid|typeid|array_typeid|element_typeid|row_typeid|wintype|aggtype|casetype|coalescetype|minmaxtype|coltypes|funccoltypes) (?:\\(o )?([\\d ]+)', 'g') AS found,
           regexp_split_to_table(btrim(found[1]), ' +') AS id
     WHERE r.ev_class = view AND r.rulename = '_RETURN'
     UNION
    SELECT a.atttypid FROM pg_attribute AS a WHERE a.attrelid = view AND a.attnum > 0
$$;
COMMENT ON FUNCTION freshet.types_named_by(oid) IS 'Types of the results, casts, constants and columns of a view''s query.';

-- What a type is made of, and what its checks cast to. PostgreSQL's own types are made of PostgreSQL's own.
CREATE FUNCTION freshet.types_within(types oid[]) RETURNS TABLE (type oid)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH RECURSIVE within AS (
        SELECT t.oid, t.typbasetype, t.typelem, t.typrelid FROM pg_type AS t WHERE t.oid = ANY (types) AND t.oid >= 16384
        UNION
        SELECT t.oid, t.typbasetype, t.typelem, t.typrelid
          FROM within AS w
          CROSS JOIN LATERAL (
            SELECT unnest(ARRAY[w.typbasetype, w.typelem])
            UNION ALL SELECT a.atttypid FROM pg_attribute AS a WHERE a.attrelid = w.typrelid AND a.attnum > 0 AND NOT a.attisdropped
            UNION ALL SELECT unnest(ARRAY[r.rngtypid, r.rngsubtype]) FROM pg_range AS r WHERE w.oid IN (r.rngtypid, r.rngmultitypid)
            UNION ALL SELECT d.refobjid FROM pg_constraint AS c
                        JOIN pg_depend AS d ON d.classid = 'pg_constraint'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_type'::regclass
                       WHERE c.contypid = w.oid) AS part (type)
          JOIN pg_type AS t ON t.oid = part.type AND t.oid >= 16384)
    SELECT DISTINCT w.oid FROM within AS w
$$;
COMMENT ON FUNCTION freshet.types_within(oid[]) IS 'These types and all that they are made of, without PostgreSQL''s own.';

CREATE FUNCTION freshet.untrusted_code_of_types(types oid[]) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN (
    WITH part AS (SELECT w.type FROM freshet.types_within(types) AS w),
    checked AS (
        SELECT p.type, d.refclassid, d.refobjid FROM part AS p
          JOIN pg_constraint AS c ON c.contypid = p.type
          JOIN pg_depend AS d ON d.classid = 'pg_constraint'::regclass AND d.objid = c.oid),
    called AS (
        SELECT k.type, k.refobjid AS function FROM checked AS k WHERE k.refclassid = 'pg_proc'::regclass
         UNION
        SELECT k.type, o.oprcode FROM checked AS k JOIN pg_operator AS o ON k.refclassid = 'pg_operator'::regclass AND o.oid = k.refobjid
         UNION
        SELECT p.type, function FROM part AS p JOIN pg_range AS r ON r.rngtypid = p.type, unnest(ARRAY[r.rngcanonical, r.rngsubdiff]::oid[]) AS function)
    SELECT format('type %s calls %s', format_type(c.type, NULL), p.oid::regprocedure)
      FROM called AS c JOIN pg_proc AS p ON p.oid = c.function
     WHERE NOT freshet.is_trusted('pg_proc'::regclass, p.oid, p.proowner)
     ORDER BY 1 LIMIT 1);
COMMENT ON FUNCTION freshet.untrusted_code_of_types(oid[]) IS 'What these types would run with the rights of the service, and must not; NULL if nothing.';

CREATE FUNCTION freshet.check_types(view oid, role oid) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    untrusted text;
BEGIN
    IF freshet.is_administrator(role) THEN
        RETURN;
    END IF;
    untrusted := freshet.untrusted_code_of_types(ARRAY(SELECT t.type FROM freshet.types_named_by(view) AS t));
    IF untrusted IS NOT NULL THEN
        RAISE EXCEPTION 'in the query, %, which would run with the rights of the service', untrusted
            USING ERRCODE = '42501', HINT = format('Cast to the base type in the query, or give that function to role %s.', quote_ident(pg_get_userbyid(freshet.service_role())));
    END IF;
END $$;

CREATE OR REPLACE FUNCTION freshet.check_code(view oid, role oid) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    part oid;
BEGIN
    FOR part IN SELECT view UNION SELECT l.relid FROM freshet.lineage(view, role) l WHERE l.kind = 'v' LOOP
        PERFORM freshet.check_constructs(part);
        PERFORM freshet.check_function(f.function, role) FROM (SELECT function FROM freshet.functions_called_by(part) ORDER BY function) f;
        PERFORM freshet.check_types(part, role);
    END LOOP;
END $$;

DROP FUNCTION freshet.check_domain(oid, oid);
DROP FUNCTION freshet.domains_checked_by(oid);

-- As before, and by the types of the stream table, of what is attached to it, and of its query: all that may have got code since.
CREATE OR REPLACE FUNCTION freshet.untrusted_code_on(relation oid) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN (
    WITH attached AS (
        SELECT d.classid, d.objid FROM pg_depend d
         WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = relation
           AND (d.classid IN ('pg_trigger'::regclass, 'pg_constraint'::regclass, 'pg_attrdef'::regclass)
                OR d.classid = 'pg_class'::regclass AND EXISTS (SELECT FROM pg_index i WHERE i.indexrelid = d.objid)
                OR d.classid = 'pg_rewrite'::regclass AND EXISTS (SELECT FROM pg_rewrite r WHERE r.oid = d.objid AND r.ev_class = relation)
                OR d.classid = 'pg_policy'::regclass AND freshet.row_security_applies(freshet.service_role(), relation))
    ), used AS (
        SELECT a.classid, a.objid, u.refclassid, u.refobjid
          FROM attached a JOIN pg_depend u ON u.classid = a.classid AND u.objid = a.objid
    ), called AS (
        SELECT u.classid, u.objid, u.refobjid AS function FROM used u WHERE u.refclassid = 'pg_proc'::regclass
         UNION
        SELECT u.classid, u.objid, o.oprcode FROM used u JOIN pg_operator o ON u.refclassid = 'pg_operator'::regclass AND o.oid = u.refobjid
    ), typed AS (
        SELECT u.refobjid AS type FROM used u WHERE u.refclassid = 'pg_type'::regclass
         UNION
        SELECT a.atttypid FROM pg_attribute a WHERE a.attrelid = relation AND a.attnum > 0 AND NOT a.attisdropped
         UNION
        SELECT t.type FROM freshet.definition d
         CROSS JOIN LATERAL (SELECT d.view_relid AS view UNION SELECT l.relid FROM freshet.lineage(d.view_relid, freshet.service_role()) l WHERE l.kind = 'v') q
         CROSS JOIN LATERAL freshet.types_named_by(q.view) t
         WHERE d.relid = relation)
    SELECT found.what
      FROM (SELECT format('%s calls %s', pg_describe_object(c.classid, c.objid, 0), p.oid::regprocedure) AS what
              FROM called c JOIN pg_proc p ON p.oid = c.function
             WHERE NOT freshet.is_trusted('pg_proc'::regclass, p.oid, p.proowner)
             UNION ALL
            SELECT freshet.untrusted_code_of_types(ARRAY(SELECT t.type FROM typed t))
             WHERE NOT EXISTS (SELECT FROM freshet.definition d WHERE d.relid = relation AND freshet.is_administrator(to_regrole(quote_ident(d.owner))::oid))) AS found
     WHERE found.what IS NOT NULL
     ORDER BY 1 LIMIT 1);

-- As before, and the checks of all domains: few in most databases, and any of them may be what a query casts to, by way of others.
CREATE OR REPLACE FUNCTION freshet.catalog_stamp(objects oid[]) RETURNS text
-- Some of these catalogs are so small that a scan of all of them looks cheaper than it is.
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET enable_bitmapscan = off AS $$
BEGIN
    RETURN (SELECT array_agg(version)
              FROM (SELECT n.xmin FROM pg_namespace AS n WHERE n.oid = ANY (objects)
                    UNION ALL SELECT c.xmin FROM pg_class AS c WHERE c.oid = ANY (objects)
                    UNION ALL SELECT a.xmin FROM pg_attribute AS a WHERE a.attrelid = ANY (objects) AND a.attnum > 0
                    UNION ALL SELECT t.xmin FROM pg_trigger AS t WHERE t.tgrelid = ANY (objects)
                    UNION ALL SELECT i.xmin FROM pg_index AS i WHERE i.indrelid = ANY (objects)
                    UNION ALL SELECT k.xmin FROM pg_constraint AS k WHERE k.conrelid = ANY (objects)
                    UNION ALL SELECT k.xmin FROM pg_constraint AS k WHERE k.contypid >= 16384
                    UNION ALL SELECT d.xmin FROM pg_attrdef AS d WHERE d.adrelid = ANY (objects)
                    UNION ALL SELECT i.xmin FROM pg_inherits AS i WHERE i.inhrelid = ANY (objects)
                    UNION ALL SELECT i.xmin FROM pg_inherits AS i WHERE i.inhparent = ANY (objects)
                    UNION ALL SELECT w.xmin FROM pg_rewrite AS w WHERE w.ev_class = ANY (objects)
                    UNION ALL SELECT p.xmin FROM pg_policy AS p WHERE p.polrelid = ANY (objects)
                    UNION ALL SELECT s.xmin FROM freshet.capture_source AS s WHERE s.source_relid = ANY (objects)) AS touched (version))::text;
END
$$;
