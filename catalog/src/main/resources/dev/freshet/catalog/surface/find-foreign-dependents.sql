-- Objects of others that depend on what would be dropped: our four schemas, and the stream tables unless they are kept ($1).
-- Our triggers on users' tables are meant to go, and are left out.
WITH RECURSIVE going (class, object) AS (
    SELECT 'pg_class'::regclass::oid, c.oid FROM pg_class c
     WHERE c.relnamespace = ANY (ARRAY['freshet', 'freshet_def', 'freshet_buffer', 'freshet_state']::regnamespace[]::oid[])
        OR c.oid IN (SELECT d.relid FROM freshet.definition d WHERE NOT ?)
    UNION
    SELECT 'pg_proc'::regclass, p.oid FROM pg_proc p
     WHERE p.pronamespace = ANY (ARRAY['freshet', 'freshet_def', 'freshet_buffer', 'freshet_state']::regnamespace[]::oid[])
    UNION
    SELECT 'pg_type'::regclass, t.oid FROM pg_type t
     WHERE t.typnamespace = ANY (ARRAY['freshet', 'freshet_def', 'freshet_buffer', 'freshet_state']::regnamespace[]::oid[])
    UNION
    -- what PostgreSQL keeps as a part of them: rules, constraints, indexes, defaults, row types
    SELECT d.classid, d.objid
      FROM going g JOIN pg_depend d ON d.refclassid = g.class AND d.refobjid = g.object
     WHERE d.deptype IN ('a', 'i')
)
SELECT DISTINCT pg_describe_object(coalesce(v.class, d.classid), coalesce(v.object, d.objid), 0)
  FROM going g
  JOIN pg_depend d ON d.refclassid = g.class AND d.refobjid = g.object AND d.deptype = 'n'
  -- a view depends by its rule
  LEFT JOIN LATERAL (SELECT 'pg_class'::regclass::oid, r.ev_class FROM pg_rewrite r
                      WHERE d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid) AS v (class, object) ON true
 WHERE (d.classid, d.objid) NOT IN (SELECT class, object FROM going)
   AND d.classid <> 'pg_trigger'::regclass
 ORDER BY 1
