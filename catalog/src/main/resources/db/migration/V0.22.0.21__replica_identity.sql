-- By what a subscriber finds the row that was updated or deleted. PostgreSQL refuses updates and deletions of a published table that
-- has no replica identity, which would be our refreshes: so a stream table always has one, its primary key or else the whole row.
-- It is set when the table is made; its owner may have changed that since.

-- Whether updates and deletions of a table can be published.
CREATE FUNCTION freshet.has_replica_identity(relation oid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN (SELECT CASE c.relreplident
                    WHEN 'f' THEN true
                    WHEN 'd' THEN EXISTS (SELECT FROM pg_index AS i WHERE i.indrelid = c.oid AND i.indisprimary AND i.indisvalid AND i.indimmediate)
                    WHEN 'i' THEN EXISTS (SELECT FROM pg_index AS i WHERE i.indrelid = c.oid AND i.indisreplident AND i.indisvalid)
                    ELSE false END
          FROM pg_class AS c WHERE c.oid = relation);
COMMENT ON FUNCTION freshet.has_replica_identity(oid) IS 'Whether updates and deletions of a table can be published.';

-- The primary key, or else the whole row.
CREATE FUNCTION freshet.set_replica_identity(relation oid) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s REPLICA IDENTITY %s', relation::regclass,
                   CASE WHEN EXISTS (SELECT FROM pg_index AS i WHERE i.indrelid = relation AND i.indisprimary) THEN 'DEFAULT' ELSE 'FULL' END);
END $$;

-- Gives it one where it has none.
CREATE FUNCTION freshet.require_replica_identity(relation oid) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT freshet.has_replica_identity(relation) THEN
        PERFORM freshet.set_replica_identity(relation);
    END IF;
END $$;
COMMENT ON FUNCTION freshet.require_replica_identity(oid) IS 'Gives a stream table a replica identity where it has none.';

-- The first column of a table that a subscriber cannot compare, with its type: it looks a row without a key up by all its columns,
-- and fails at a type that has no equality. NULL if there is none.
CREATE FUNCTION freshet.column_without_equality(relation oid) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN (
    WITH RECURSIVE part (attnum, type) AS (
        SELECT a.attnum, a.atttypid FROM pg_attribute AS a WHERE a.attrelid = relation AND a.attnum > 0 AND NOT a.attisdropped
        UNION
        SELECT p.attnum, inner_.type
          FROM part AS p JOIN pg_type AS t ON t.oid = p.type
         CROSS JOIN LATERAL (SELECT t.typbasetype AS type WHERE t.typtype = 'd'
                             UNION ALL SELECT t.typelem WHERE t.typcategory = 'A'
                             UNION ALL SELECT a.atttypid FROM pg_attribute AS a
                                        WHERE t.typtype = 'c' AND a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped) AS inner_
    )
    SELECT format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod))
      FROM part AS p
      JOIN pg_type AS t ON t.oid = p.type AND t.typtype = 'b' AND t.typcategory <> 'A'
      JOIN pg_attribute AS a ON a.attrelid = relation AND a.attnum = p.attnum
     WHERE NOT EXISTS (SELECT FROM pg_cast AS k JOIN pg_opclass AS o ON o.opcintype IN (t.oid, k.casttarget) AND o.opcdefault
                         JOIN pg_am AS m ON m.oid = o.opcmethod AND m.amname IN ('btree', 'hash')
                        WHERE k.castsource = t.oid AND k.castmethod = 'b' AND k.castcontext = 'i')
       AND NOT EXISTS (SELECT FROM pg_opclass AS o JOIN pg_am AS m ON m.oid = o.opcmethod AND m.amname IN ('btree', 'hash')
                        WHERE o.opcintype = t.oid AND o.opcdefault)
     ORDER BY p.attnum LIMIT 1);

-- As before; and where somebody publishes ALL TABLES, and so the changes of stages as well, these get an identity: they have no key.
CREATE OR REPLACE FUNCTION freshet.trim_stage(changes regclass) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF pg_relation_size(changes) > 1048576 THEN
        EXECUTE format('TRUNCATE %s', changes);
    ELSIF pg_relation_size(changes) > 0 THEN
        IF EXISTS (SELECT FROM pg_catalog.pg_publication AS p WHERE p.puballtables AND p.pubdelete) THEN
            PERFORM freshet.require_replica_identity(changes);
        END IF;
        EXECUTE format('DELETE FROM %s', changes);
    END IF;
END $$;

REVOKE ALL ON FUNCTION freshet.has_replica_identity(oid), freshet.set_replica_identity(oid), freshet.require_replica_identity(oid),
    freshet.column_without_equality(oid) FROM PUBLIC;
