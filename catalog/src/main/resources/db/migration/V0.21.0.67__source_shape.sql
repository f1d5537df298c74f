-- What a consumer relies on besides the rows, as two words: the definition (columns used, keys, tree, row-level
-- security) and the capture (its continuity, or why there is none). ALTER, ATTACH and DETACH fire no trigger.
CREATE FUNCTION freshet.source_shape(source oid, attnums int2[]) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
    RETURN (
        SELECT md5(concat_ws('|', c.relkind, c.relpersistence, c.relrowsecurity, c.relforcerowsecurity,
            (SELECT string_agg(concat_ws(' ', a.attnum, a.atttypid, a.atttypmod, a.attcollation, a.attgenerated,
                        -- On 18 attnotnull is also true for a constraint that was never validated.
                        a.attnotnull AND NOT EXISTS (
                            SELECT FROM pg_constraint k WHERE k.conrelid = source AND k.contype = 'n'
                                AND NOT k.convalidated AND k.conkey[1] = a.attnum),
                        CASE WHEN a.attgenerated <> '' THEN (
                            SELECT md5(e.adbin::text) FROM pg_attrdef e WHERE e.adrelid = source AND e.adnum = a.attnum) END
                    ), ',' ORDER BY a.attnum)
             FROM pg_attribute a WHERE a.attrelid = source AND a.attnum = ANY (attnums) AND NOT a.attisdropped),
            -- Keys, not indexes: REINDEX CONCURRENTLY makes another index and no other key.
            (SELECT string_agg(DISTINCT concat_ws(' ', i.indkey, i.indcollation, i.indclass, i.indnullsnotdistinct), ',')
             FROM pg_index i
             WHERE i.indrelid = source AND i.indisunique AND i.indisvalid AND i.indimmediate
               AND i.indpred IS NULL AND i.indexprs IS NULL),
            (SELECT string_agg(i.inhparent::text, ',' ORDER BY i.inhparent) FROM pg_inherits i WHERE i.inhrelid = source),
            CASE WHEN c.relhassubclass THEN (
                SELECT string_agg(m.member || ' ' || m.is_partition, ',' ORDER BY m.member)
                FROM freshet.capture_members(source) AS m) END))
            || ' ' || coalesce(
            (SELECT CASE WHEN s.mark = freshet.capture_mark(source) THEN s.continuity::text ELSE 'broken' END
                    -- A crash empties an unlogged table; it also resets these statistics, which nothing else does unasked.
                    || CASE WHEN c.relpersistence = 'u' THEN ' ' || coalesce((SELECT extract(epoch FROM stats_reset) FROM pg_stat_bgwriter), 0) ELSE '' END
             FROM freshet.capture_source s WHERE s.source_relid = source), 'none')
        FROM pg_class c WHERE c.oid = source);
END
$body$;

-- Whether the tables are still those that the transaction's snapshot sees: a TRUNCATE or a rewrite after it shows an
-- empty or unknown file to it, an ATTACH or DETACH other partitions. Call it once locks on all sources are held, and
-- again at the end where a source is partitioned, since ATTACH does not conflict with a reader's lock.
-- pg_relation_filenode and pg_partition_tree answer as of now, the catalogs as of the snapshot. (An inheritance child
-- that comes or goes while a refresh runs is found by the next one, in the shape.)
CREATE FUNCTION freshet.sources_moved(sources oid[]) RETURNS SETOF oid
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    source oid;
    seen   pg_class;
BEGIN
    -- "Now" is when this session last took a lock that it did not hold. This takes one and gives it back.
    PERFORM pg_relation_size('freshet.capture_continuity'::regclass);
    FOREACH source IN ARRAY sources LOOP
        SELECT * INTO seen FROM pg_class c WHERE c.oid = source;
        IF NOT FOUND OR nullif(seen.relfilenode, 0) IS DISTINCT FROM pg_relation_filenode(source) THEN
            RETURN NEXT source;
        ELSIF seen.relhassubclass AND EXISTS (
                SELECT FROM freshet.capture_members(source) AS m LEFT JOIN pg_class c ON c.oid = m.member
                WHERE nullif(c.relfilenode, 0) IS DISTINCT FROM pg_relation_filenode(m.member)) THEN
            RETURN NEXT source;
        ELSIF seen.relkind = 'p' AND EXISTS (
                SELECT FROM pg_partition_tree(source) AS t FULL JOIN freshet.capture_members(source) AS m ON m.member = t.relid
                WHERE t.relid IS NULL OR m.member IS NULL) THEN
            RETURN NEXT source;
        END IF;
    END LOOP;
END
$body$;
