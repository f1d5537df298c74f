-- How many rows the sources of each stream table and its result have, and what work a change makes. What is counted as
-- rows come and go is newer than what was estimated when a table was last analyzed, but is gone after a crash.
SELECT d.pgt_id,
       CASE WHEN c.plan -> 'operators' @> '[{"work": "whole"}]' THEN 'WHOLE'
            WHEN c.plan -> 'operators' @> '[{"work": "rereading"}]' THEN 'REREADING'
            WHEN c.plan -> 'operators' @> '[{"work": "join"}]' THEN 'JOIN'
            ELSE 'LINEAR' END AS work,
       coalesce((SELECT sum(greatest(0, t.reltuples, pg_stat_get_live_tuples(t.oid)))
                   FROM freshet.dependency AS e
                  CROSS JOIN LATERAL (SELECT e.source_relid AS relid
                                       UNION SELECT p.relid FROM pg_partition_tree(e.source_relid) AS p) AS part
                   JOIN pg_class AS t ON t.oid = part.relid
                  WHERE e.pgt_id = d.pgt_id AND t.relkind <> 'p'), 0)::double precision AS source_rows,
       coalesce((SELECT greatest(0, t.reltuples, pg_stat_get_live_tuples(t.oid)) FROM pg_class AS t WHERE t.oid = d.relid), 0)::double precision
           AS result_rows
  FROM freshet.definition AS d
  JOIN freshet.condition AS c USING (pgt_id)
 WHERE c.plan IS NOT NULL
