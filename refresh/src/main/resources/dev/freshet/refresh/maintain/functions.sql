-- The functions, operators' functions and aggregates that a definition view calls, through views. They are read off the
-- stored rule, where each call names its function by oid: no overload is guessed. An aggregate, always IMMUTABLE by itself, is
-- as volatile as the functions that it is made of.
WITH RECURSIVE reached (relid) AS (
    SELECT $1::bigint::oid
    UNION
    SELECT d.refobjid
    FROM reached r
    JOIN pg_class c ON c.oid = r.relid AND c.relkind = 'v'
    JOIN pg_rewrite w ON w.ev_class = r.relid
    JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
                    AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> r.relid
),
called (oid) AS (
    SELECT DISTINCT (m.found)[1]::oid
    FROM reached r
    JOIN pg_rewrite w ON w.ev_class = r.relid,
         regexp_matches(w.ev_action::text, ':(?:funcid|opfuncid|aggfnoid|winfnoid) (\d+)', 'g') AS m (found)
)
SELECT n.nspname AS schema, p.proname AS name, p.prokind::text AS kind,
       CASE WHEN p.prokind = 'a' AND n.nspname <> 'pg_catalog'
            THEN (SELECT max(f.provolatile::text)
                  FROM pg_aggregate a
                  JOIN pg_proc f ON f.oid IN (a.aggtransfn, a.aggfinalfn, a.aggmtransfn, a.aggminvtransfn, a.aggmfinalfn)
                  WHERE a.aggfnoid = p.oid)
            ELSE p.provolatile::text END AS volatility,
       p.proretset AS returns_set, p.pronargs::int AS arguments
FROM called c
JOIN pg_proc p ON p.oid = c.oid
JOIN pg_namespace n ON n.oid = p.pronamespace
