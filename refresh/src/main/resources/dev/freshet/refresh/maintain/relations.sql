-- The relations that a definition view reads, through views, and their columns.
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
SELECT c.oid::bigint AS relid, n.nspname AS schema, c.relname AS name, c.relkind::text AS kind,
       EXISTS (SELECT FROM freshet.definition s WHERE s.relid = c.oid) AS stream_table,
       c.relkind <> 'p' AND c.relhassubclass AND EXISTS (SELECT FROM pg_inherits i WHERE i.inhparent = c.oid) AS has_children,
       CASE WHEN c.relkind = 'v' THEN pg_get_viewdef(c.oid) END AS view_query,
       (SELECT coalesce(jsonb_agg(jsonb_build_object(
                   'number', a.attnum, 'name', a.attname, 'schema', tn.nspname, 'type', t.typname,
                   'base', b.typname, 'kind', b.typtype, 'modifier', a.atttypmod, 'element', CASE WHEN e.typtype = 'c' THEN 'record' ELSE coalesce(e.typname, '') END,
                   'deterministic', coalesce(l.collisdeterministic, true),
                   'not_null', a.attnotnull AND freshet.not_null_is_valid(c.oid, a.attnum)) ORDER BY a.attnum), '[]')
        FROM pg_attribute a
        JOIN pg_type t ON t.oid = a.atttypid
        JOIN pg_namespace tn ON tn.oid = t.typnamespace
        JOIN pg_type b ON b.oid = freshet.base_type(t.oid)
        LEFT JOIN pg_type e ON e.oid = freshet.base_type(b.typelem) AND b.typcategory = 'A'
        LEFT JOIN pg_collation l ON l.oid = a.attcollation
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)::text AS columns,
       (SELECT coalesce(jsonb_agg(freshet.key_columns(i.indexrelid) ORDER BY NOT i.indisprimary, i.indexrelid), '[]')
        FROM pg_index i
        WHERE i.indrelid = c.oid AND i.indisunique AND i.indimmediate AND i.indisvalid AND i.indisready
          AND i.indpred IS NULL AND i.indexprs IS NULL
          AND NOT EXISTS (SELECT FROM pg_attribute a
                          WHERE a.attrelid = c.oid AND a.attnum = ANY (i.indkey[0:i.indnkeyatts - 1])
                            AND NOT (a.attnotnull AND freshet.not_null_is_valid(c.oid, a.attnum))))::text AS keys,
       (SELECT coalesce(jsonb_agg(DISTINCT d.refobjsubid), '[]')
        FROM reached v
        JOIN pg_rewrite w ON w.ev_class = v.relid
        JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
                        AND d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.refobjsubid > 0)::text AS used
FROM reached r
-- A query that takes a field of a composite depends on its type, which has no rows.
JOIN pg_class c ON c.oid = r.relid AND c.relkind <> 'c'
JOIN pg_namespace n ON n.oid = c.relnamespace
