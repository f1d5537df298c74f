-- Which indexes on sources would make deltas cheap. The plan says by which columns rows are looked up; whether there is an
-- index by now is looked up each time.

CREATE FUNCTION freshet.missing_indexes_of(lookups jsonb)
RETURNS TABLE (source regclass, columns text, rows_estimated bigint, reason text, statement text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT c.oid::regclass, named.columns, nullif(greatest(c.reltuples, -1), -1)::bigint, wanted.what,
           format('CREATE INDEX %sON %s (%s)', CASE c.relkind WHEN 'p' THEN '' ELSE 'CONCURRENTLY ' END, freshet.name_of(c.oid), named.columns)
      FROM (SELECT l.relid, l.attnums, string_agg(DISTINCT l.what, '; ' ORDER BY l.what) AS what
              FROM jsonb_to_recordset(lookups) AS l (relid oid, attnums int2[], what text)
             GROUP BY l.relid, l.attnums) AS wanted
      JOIN pg_class AS c ON c.oid = wanted.relid
      CROSS JOIN LATERAL (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS columns
                            FROM pg_attribute AS a WHERE a.attrelid = c.oid AND a.attnum = ANY (wanted.attnums)) AS named
     WHERE NOT EXISTS (SELECT FROM pg_index AS i
                        WHERE i.indrelid = c.oid AND i.indisvalid AND i.indpred IS NULL AND i.indkey[0] = ANY (wanted.attnums))
     ORDER BY c.reltuples DESC, 1, 2;
END;
COMMENT ON FUNCTION freshet.missing_indexes_of(jsonb) IS 'The indexes on sources that lookups of a plan would use and that are not there.';

CREATE FUNCTION freshet.missing_indexes(name text)
RETURNS TABLE (source regclass, columns text, rows_estimated bigint, reason text, statement text)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT m.source, m.columns, m.rows_estimated, m.reason, m.statement
      FROM freshet.pgt_plans AS p
      CROSS JOIN LATERAL freshet.missing_indexes_of(coalesce(p.plan -> 'lookups', '[]')) AS m
     WHERE p.pgt_id = freshet.visible_stream_table(name);
END;
COMMENT ON FUNCTION freshet.missing_indexes(text) IS 'The indexes on its sources that would make refreshes of a stream table cheaper.';
