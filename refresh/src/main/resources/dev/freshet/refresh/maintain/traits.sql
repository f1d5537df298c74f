-- Whether a definition view, through views, asks for the time or the user, multiplies rows by an operator, or reads system
-- catalogs, whose dependencies PostgreSQL does not record.
WITH RECURSIVE reached (relid) AS (
    SELECT $1::bigint::oid
    UNION
    SELECT d.refobjid
    FROM reached r
    JOIN pg_class c ON c.oid = r.relid AND c.relkind = 'v'
    JOIN pg_rewrite w ON w.ev_class = r.relid
    JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
                    AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> r.relid
)
SELECT coalesce(bool_or(w.ev_action::text ~ '{SQLVALUEFUNCTION'), false) AS value_function,
       coalesce(bool_or(w.ev_action::text ~ ':opretset true'), false) AS set_returning_operator,
       coalesce(bool_or(EXISTS (SELECT FROM regexp_matches(w.ev_action::text, ':relid (\d+)', 'g') AS m (found)
                                WHERE (m.found)[1]::bigint BETWEEN 1 AND 16383)), false) AS system_catalog
FROM reached r
JOIN pg_rewrite w ON w.ev_class = r.relid
