-- What is there under our names. The catalogs are asked, since to_regclass fails in a schema that may not be used.
SELECT current_user AS service_role,
       current_database() AS database,
       has_database_privilege(current_database(), 'CREATE') AS may_create,
       n.oid IS NOT NULL AS present,
       coalesce(pg_get_userbyid(n.nspowner), '') AS owner,
       EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = n.oid AND c.relname = 'schema_history') AS installed,
       EXISTS (SELECT FROM pg_depend d WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = n.oid) AS occupied,
       (SELECT count(*) FROM pg_namespace o
         WHERE o.nspname IN ('freshet', 'freshet_def', 'freshet_buffer', 'freshet_state')) AS schemas
  FROM (SELECT) AS one
  LEFT JOIN pg_namespace n ON n.nspname = 'freshet'
