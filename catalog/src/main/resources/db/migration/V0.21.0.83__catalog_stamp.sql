-- The row versions of everything in the catalogs that the refresh of a stream table relies on: names, columns, keys,
-- NOT NULLs, triggers, partitions and children, views, row-level security flags, the capture. The same stamp means that
-- none of it was touched; another one, that something was, not what. One scan of ten instead of ten that are understood:
-- most refreshes find the same stamp. Good within one service's life, since row versions are comparable only while the
-- rows live.
--
-- objects: relations, and the namespaces they are in. (An identifier that means something in another catalog, too, adds
-- a row version that matters to nobody.)
CREATE FUNCTION freshet.catalog_stamp(objects oid[]) RETURNS text
-- Some of these catalogs are so small that a scan of all of them looks cheaper than it is.
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET enable_bitmapscan = off AS $$
BEGIN
    RETURN (SELECT array_agg(version)
              FROM (SELECT n.xmin FROM pg_namespace AS n WHERE n.oid = ANY (objects)
                    UNION ALL SELECT c.xmin FROM pg_class AS c WHERE c.oid = ANY (objects)
                    UNION ALL SELECT a.xmin FROM pg_attribute AS a WHERE a.attrelid = ANY (objects) AND a.attnum > 0
                    UNION ALL SELECT t.xmin FROM pg_trigger AS t WHERE t.tgrelid = ANY (objects)
                    UNION ALL SELECT i.xmin FROM pg_index AS i WHERE i.indrelid = ANY (objects)
                    UNION ALL SELECT k.xmin FROM pg_constraint AS k WHERE k.conrelid = ANY (objects)
                    UNION ALL SELECT d.xmin FROM pg_attrdef AS d WHERE d.adrelid = ANY (objects)
                    UNION ALL SELECT i.xmin FROM pg_inherits AS i WHERE i.inhrelid = ANY (objects)
                    UNION ALL SELECT i.xmin FROM pg_inherits AS i WHERE i.inhparent = ANY (objects)
                    UNION ALL SELECT w.xmin FROM pg_rewrite AS w WHERE w.ev_class = ANY (objects)
                    UNION ALL SELECT p.xmin FROM pg_policy AS p WHERE p.polrelid = ANY (objects)
                    UNION ALL SELECT s.xmin FROM freshet.capture_source AS s WHERE s.source_relid = ANY (objects)) AS touched (version))::text;
END
$$;
COMMENT ON FUNCTION freshet.catalog_stamp(oid[]) IS 'Row versions of what a refresh relies on: the same stamp means that none of it was touched.';
REVOKE ALL ON FUNCTION freshet.catalog_stamp(oid[]) FROM PUBLIC;
