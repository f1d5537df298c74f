-- Which functions a defining query may call. They run as the service, and the result has to be the same for whoever refreshes: so each must come from
-- PostgreSQL, an extension, a superuser or the service's own role, and must not depend on the session. Chance is allowed: the result is a value that PostgreSQL could return.

CREATE FUNCTION freshet.functions_called_by(view oid) RETURNS TABLE (function oid)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH tree AS (SELECT r.ev_action::text AS tree FROM pg_rewrite r WHERE r.ev_class = view AND r.rulename = '_RETURN'),
    named AS (SELECT found[1] AS field, found[2]::oid AS id
                FROM tree, regexp_matches(tree, E':(funcid|aggfnoid|winfnoid|opno|eqop|sortop) (\\d+)', 'g') found
               UNION
              SELECT 'opno', operator::oid
                FROM tree, regexp_matches(tree, E':opnos \\(o ([\\d ]+)\\)', 'g') found, regexp_split_to_table(btrim(found[1]), ' +') operator),
    called AS (SELECT n.id FROM named n WHERE n.field IN ('funcid', 'aggfnoid', 'winfnoid')
                UNION
               SELECT o.oprcode::oid FROM named n JOIN pg_operator o ON o.oid = n.id WHERE n.field IN ('opno', 'eqop', 'sortop'))
    SELECT c.id FROM called c
     UNION
    SELECT part FROM called c JOIN pg_aggregate a ON a.aggfnoid = c.id,
           unnest(ARRAY[a.aggtransfn, a.aggfinalfn, a.aggcombinefn, a.aggserialfn, a.aggdeserialfn, a.aggmtransfn, a.aggminvtransfn, a.aggmfinalfn]::oid[]) part
     WHERE part <> 0
$$;
COMMENT ON FUNCTION freshet.functions_called_by(oid) IS 'Functions behind the calls, operators, casts and aggregates of a view''s query.';

CREATE FUNCTION freshet.domains_checked_by(view oid) RETURNS TABLE (domain oid)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT t.oid FROM pg_rewrite r, regexp_matches(r.ev_action::text, E':resulttype (\\d+)', 'g') found
      JOIN pg_type t ON t.oid = found[1]::oid AND t.typtype = 'd'
     WHERE r.ev_class = view AND r.rulename = '_RETURN'
     UNION
    SELECT t.oid FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid AND t.typtype = 'd' WHERE a.attrelid = view AND a.attnum > 0
$$;

-- Of PostgreSQL's own: why not, or NULL. Names, because oids differ between versions.
CREATE FUNCTION freshet.session_function_refusal(function oid) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN (SELECT CASE
        -- Chance and the clock give other rows each time, but do no harm: such a query is computed whole.
        WHEN p.provolatile = 'v'
             AND p.proname ~ '^(random|random_normal|gen_random_uuid|uuidv4|uuidv7|clock_timestamp|timeofday|array_shuffle|array_sample|bernoulli|system)$' THEN NULL
        WHEN p.provolatile = 'v' THEN 'has side effects, or depends on more than its arguments'
        WHEN p.provolatile = 's' AND p.proname ~ '_to_xml(schema|_and_xmlschema)?$' THEN 'runs a query that is not part of the definition'
        WHEN p.provolatile = 's'
             AND (p.proname ~ '^(current_|session_user$|user$|getpgusername$|has_|inet_(client|server)_|row_security_active$|txid_|acl)'
                  OR p.proname ~ '^pg_' AND p.proname !~ '^pg_(typeof|collation_for|get_(expr|constraintdef|indexdef|ruledef|triggerdef|viewdef|functiondef|function_.*|userbyid|partkeydef|statisticsobj.*|serial_sequence)|encoding_to_char|snapshot_.*|visible_in_snapshot)$')
             THEN 'depends on the session or the role that runs it' END
   FROM pg_proc p WHERE p.oid = function AND p.pronamespace = 'pg_catalog'::regnamespace);

CREATE FUNCTION freshet.is_trusted(class oid, object oid, owner oid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN object < 16384
    OR EXISTS (SELECT FROM pg_roles r WHERE r.oid = owner AND r.rolsuper)
    OR owner = freshet.service_role()
    OR EXISTS (SELECT FROM pg_depend d WHERE d.classid = class AND d.objid = object AND d.deptype = 'e');
COMMENT ON FUNCTION freshet.is_trusted(oid, oid, oid) IS 'Whether code of this object may run as the service.';

CREATE FUNCTION freshet.check_function(function oid, role oid) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    routine record;
    refusal text := freshet.session_function_refusal(function);
    service text := quote_ident(pg_get_userbyid(freshet.service_role()));
BEGIN
    SELECT p.oid::regprocedure::text AS signature, p.proowner, n.nspname INTO routine
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.oid = function;
    IF refusal IS NOT NULL THEN
        RAISE EXCEPTION 'the query calls %, which %', routine.signature, refusal
            USING ERRCODE = '0A000', HINT = 'A stream table must have the same rows whoever refreshes it. Leave the call out here and put it into a view on top of the stream table; for the time, now() and current_date are understood.';
    ELSIF routine.nspname LIKE E'pg\\_temp%' THEN
        RAISE EXCEPTION 'the query calls the temporary function %', routine.signature
            USING ERRCODE = '0A000', HINT = 'It ends with the session. Create the function in a schema.';
    ELSIF NOT freshet.is_trusted('pg_proc'::regclass, function, routine.proowner) AND NOT freshet.is_administrator(role) THEN
        RAISE EXCEPTION 'the query calls %, which would run with the rights of the service', routine.signature
            USING ERRCODE = '42501', HINT = format('Functions of a defining query must belong to PostgreSQL, an extension, a superuser or role %s: ALTER FUNCTION %s OWNER TO %s, or write its expression into the query.', service, routine.signature, service);
    ELSIF NOT has_function_privilege(role, function, 'EXECUTE') OR NOT has_function_privilege(freshet.service_role(), function, 'EXECUTE') THEN
        RAISE EXCEPTION 'permission denied: % or role % may not execute %', quote_ident(pg_get_userbyid(role)), service, routine.signature
            USING ERRCODE = '42501', HINT = format('GRANT EXECUTE ON FUNCTION %s TO %s;', routine.signature, service);
    END IF;
END $$;

CREATE FUNCTION freshet.check_domain(domain oid, role oid) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM pg_constraint c WHERE c.contypid = domain)
       AND NOT freshet.is_trusted('pg_type'::regclass, domain, (SELECT t.typowner FROM pg_type t WHERE t.oid = domain))
       AND NOT freshet.is_administrator(role)
       AND EXISTS (SELECT FROM pg_constraint c JOIN pg_depend d ON d.classid = 'pg_constraint'::regclass AND d.objid = c.oid
                     AND d.refclassid = 'pg_proc'::regclass
                     JOIN pg_proc p ON p.oid = d.refobjid
                    WHERE c.contypid = domain AND NOT freshet.is_trusted('pg_proc'::regclass, p.oid, p.proowner)) THEN
        RAISE EXCEPTION 'the checks of domain % call functions that would run with the rights of the service', format_type(domain, NULL)
            USING ERRCODE = '42501', HINT = format('Cast to the base type in the query, or give those functions to role %s.', quote_ident(pg_get_userbyid(freshet.service_role())));
    END IF;
END $$;

-- Things in the stored tree that no function stands for.
CREATE FUNCTION freshet.check_constructs(view oid) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    tree text := (SELECT r.ev_action::text FROM pg_rewrite r WHERE r.ev_class = view AND r.rulename = '_RETURN');
BEGIN
    IF tree ~ E'\\{SQLVALUEFUNCTION :op (9|10|11|12|14) ' THEN
        RAISE EXCEPTION 'the query asks for the current user or schema, which depend on the session that runs it'
            USING ERRCODE = '0A000', HINT = 'A stream table must have the same rows whoever refreshes it. Put the condition into a view, or a row-level policy, on top of the stream table.';
    ELSIF tree ~ ':hasForUpdate true' THEN
        RAISE EXCEPTION 'the query locks rows (FOR UPDATE or FOR SHARE)'
            USING ERRCODE = '0A000', HINT = 'Leave the locking clause out: refreshes read a snapshot.';
    END IF;
END $$;

-- All of the above for a query and the views that it reads.
CREATE FUNCTION freshet.check_code(view oid, role oid) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    part oid;
BEGIN
    FOR part IN SELECT view UNION SELECT l.relid FROM freshet.lineage(view, role) l WHERE l.kind = 'v' LOOP
        PERFORM freshet.check_constructs(part);
        PERFORM freshet.check_function(f.function, role) FROM (SELECT function FROM freshet.functions_called_by(part) ORDER BY function) f;
        PERFORM freshet.check_domain(d.domain, role) FROM freshet.domains_checked_by(part) d;
    END LOOP;
END $$;
COMMENT ON FUNCTION freshet.check_code(oid, oid) IS 'Raises if the query of a view would run code that it may not.';

-- Everything that can be said about a query before it is compiled.
CREATE FUNCTION freshet.check_query(view oid, role oid) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM freshet.check_kind(l.relid) FROM (SELECT DISTINCT relid FROM freshet.lineage(view, role)) l;
    PERFORM freshet.check_rights(view, role);
    PERFORM freshet.check_rights(view, freshet.service_role());
    PERFORM freshet.check_code(view, role);
END $$;
