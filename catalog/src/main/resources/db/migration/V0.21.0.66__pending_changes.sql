-- What is new for many consumers at once: one row for each position of the arrays at which something is, and each
-- generation that it is in. Sizes come first: an empty file needs no look, and most are empty. Exact when called in the
-- transaction that will read the changes; outside of one it is a hint.
CREATE FUNCTION freshet.pending_changes(sources oid[], snapshots pg_snapshot[], own_xids xid8[])
RETURNS TABLE (place int, generation int, changes bigint, deletions boolean, truncated boolean, gap boolean)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
#variable_conflict use_column
DECLARE
    candidate record;
BEGIN
    FOR candidate IN
        SELECT asked.place, asked.source, asked.as_of, asked.own_xid, c.generation, c.row_triggers,
               c.buffer_a::regclass AS a, c.buffer_b::regclass AS b
        FROM unnest(sources, snapshots, own_xids) WITH ORDINALITY AS asked (source, as_of, own_xid, place)
        JOIN freshet.capture c ON c.source_relid = asked.source
        -- Before the first rotation there is one buffer to look at, which halves the price of an idle tick.
        WHERE pg_relation_size(c.buffer_a, 'main') > 0
           OR c.switched_at IS NOT NULL AND pg_relation_size(c.buffer_b, 'main') > 0
    LOOP
        RETURN QUERY EXECUTE format(
            'SELECT $1, $2, count(*), coalesce(bool_or(weight < 0), false), '
            -- A partition attached, written to and detached again has left changes of rows that are gone.
            'coalesce(bool_or(note = ''t'' OR part <> ALL ($5)) FILTER (WHERE weight = 0 OR part IS NOT NULL), false), '
            'coalesce(bool_or(note = ''g'') FILTER (WHERE weight = 0 OR part IS NOT NULL), false) '
            'FROM (SELECT xid, weight, note, part FROM %s UNION ALL SELECT xid, weight, note, part FROM %s) AS change '
            -- Looking into a snapshot costs more than all the rest; most are new by their number alone.
            'WHERE (xid >= pg_snapshot_xmax($3) OR xid >= pg_snapshot_xmin($3) AND NOT pg_visible_in_snapshot(xid, $3)) '
            'AND ($4 IS NULL OR xid <> $4) '
            'HAVING count(*) > 0', candidate.a, candidate.b)
        USING candidate.place::int, candidate.generation, candidate.as_of, candidate.own_xid,
              CASE WHEN candidate.row_triggers THEN ARRAY(SELECT m.member FROM freshet.capture_members(candidate.source) AS m)
                   ELSE ARRAY[candidate.source] END;
    END LOOP;
END
$body$;
