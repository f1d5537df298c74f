-- Code that others have put on a stream table: triggers, rules, checks, defaults, index expressions, policies. It would run as the service when a refresh
-- writes. The owner may do all that, so each refresh asks, after it has locked the table.

CREATE FUNCTION freshet.untrusted_code_on(relation oid) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN (
    WITH attached AS (
        SELECT d.classid, d.objid, d.objsubid FROM pg_depend d
         WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = relation
           AND (d.classid IN ('pg_trigger'::regclass, 'pg_constraint'::regclass, 'pg_attrdef'::regclass)
                OR d.classid = 'pg_class'::regclass AND EXISTS (SELECT FROM pg_index i WHERE i.indexrelid = d.objid)
                OR d.classid = 'pg_rewrite'::regclass AND EXISTS (SELECT FROM pg_rewrite r WHERE r.oid = d.objid AND r.ev_class = relation)
                OR d.classid = 'pg_policy'::regclass AND freshet.row_security_applies(freshet.service_role(), relation))
    ), called AS (
        SELECT a.*, u.refobjid AS function FROM attached a
          JOIN pg_depend u ON u.classid = a.classid AND u.objid = a.objid AND u.refclassid = 'pg_proc'::regclass
         UNION
        SELECT a.*, o.oprcode FROM attached a
          JOIN pg_depend u ON u.classid = a.classid AND u.objid = a.objid AND u.refclassid = 'pg_operator'::regclass
          JOIN pg_operator o ON o.oid = u.refobjid)
    SELECT format('%s calls %s', pg_describe_object(c.classid, c.objid, 0), p.oid::regprocedure)
      FROM called c JOIN pg_proc p ON p.oid = c.function
     WHERE NOT freshet.is_trusted('pg_proc'::regclass, p.oid, p.proowner)
     ORDER BY 1 LIMIT 1);
COMMENT ON FUNCTION freshet.untrusted_code_on(oid) IS 'What on a stream table would run with the rights of the service, and must not; NULL if nothing.';
REVOKE ALL ON FUNCTION freshet.untrusted_code_on(oid) FROM PUBLIC;
