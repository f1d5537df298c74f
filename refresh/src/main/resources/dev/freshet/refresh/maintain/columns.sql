SELECT a.attname AS name,
       jsonb_build_object('schema', tn.nspname, 'type', t.typname, 'base', b.typname, 'kind', b.typtype,
                          'modifier', a.atttypmod, 'element', CASE WHEN e.typtype = 'c' THEN 'record' ELSE coalesce(e.typname, '') END,
                          'deterministic', coalesce(l.collisdeterministic, true))::text AS facts
FROM pg_attribute a
JOIN pg_type t ON t.oid = a.atttypid
JOIN pg_namespace tn ON tn.oid = t.typnamespace
JOIN pg_type b ON b.oid = freshet.base_type(t.oid)
LEFT JOIN pg_type e ON e.oid = freshet.base_type(b.typelem) AND b.typcategory = 'A'
LEFT JOIN pg_collation l ON l.oid = a.attcollation
WHERE a.attrelid = $1::text::regclass AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attnum
