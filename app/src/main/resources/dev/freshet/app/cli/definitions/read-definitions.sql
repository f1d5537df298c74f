-- What somebody has chosen of each stream table that the caller may see, and what it reads.
WITH RECURSIVE edge (pgt_id, relation) AS (
    -- PostgreSQL knows at once what a definition reads, through views too; freshet.pgt_dependencies has it when the service has compiled it.
    SELECT t.pgt_id, v.oid
      FROM freshet.pgt_stream_tables AS t
      JOIN pg_catalog.pg_class AS v ON v.relname = 'st_' || t.pgt_id
      JOIN pg_catalog.pg_namespace AS n ON n.oid = v.relnamespace AND n.nspname = 'freshet_def'
    UNION
    SELECT e.pgt_id, d.refobjid
      FROM edge AS e
      JOIN pg_catalog.pg_rewrite AS r ON r.ev_class = e.relation
      JOIN pg_catalog.pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass
), source (pgt_id, relation) AS (
    SELECT e.pgt_id, e.relation::bigint FROM edge AS e
    UNION
    -- The definition of one whose source is released is not there for a while.
    SELECT d.pgt_id, d.source_relid_number FROM freshet.pgt_dependencies AS d
)
SELECT jsonb_build_object(
           'name', format('%I.%I', t.pgt_schema, t.pgt_name), 'relation', t.pgt_relid_number,
           'query', t.original_query,
           'schedule', t.schedule, 'refresh_mode', t.refresh_mode, 'sla', t.freshness_deadline_ms,
           -- Any other tier than hot was chosen by hand where no SLA chose it.
           'tier', CASE WHEN coalesce(o.tier_by_hand, t.refresh_tier <> 'hot') THEN t.refresh_tier END,
           'cdc_mode', t.cdc_mode, 'diamond_consistency', t.diamond_consistency, 'append_only', t.append_only,
           'publication', t.downstream_publication_name,
           'own_publication', coalesce(t.downstream_publication_name IN (
               SELECT freshet.publication_name(t.pgt_schema, t.pgt_name, attempt.number) FROM generate_series(0, 9) AS attempt (number)), false),
           'reads', coalesce((SELECT jsonb_agg(s.relation) FROM source AS s WHERE s.pgt_id = t.pgt_id), '[]'))::text AS definition
  FROM freshet.pgt_stream_tables AS t
  LEFT JOIN freshet.pgt_objectives AS o USING (pgt_id)
