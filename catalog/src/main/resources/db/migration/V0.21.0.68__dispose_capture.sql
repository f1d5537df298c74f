-- Who reads a source's changes, and who of them needs what is in the buffers. Who will be refreshed in FULL does not:
-- what it has to catch up with is in the table. (Resuming asks for a FULL.)
CREATE FUNCTION freshet.capture_consumers(source oid)
RETURNS TABLE (pgt_id bigint, pins boolean, as_of pg_snapshot, own_xid xid8) LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT d.pgt_id, c.is_populated AND c.full_reason IS NULL AND c.status <> 'SUSPENDED' AND f.as_of IS NOT NULL,
           f.as_of, f.own_xid
    FROM freshet.dependency d
    JOIN freshet.condition c ON c.pgt_id = d.pgt_id
    JOIN freshet.frontier f ON f.pgt_id = d.pgt_id
    WHERE d.source_relid = source AND d.cdc_mode = 'trigger';
END;

-- The consumers that have not read all of a buffer, and whether a gap is among what they have not read.
CREATE FUNCTION freshet.buffer_laggards(source oid, buffer oid) RETURNS TABLE (pgt_id bigint, gap boolean)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
    RETURN QUERY EXECUTE format(
        'WITH consumer AS MATERIALIZED (SELECT * FROM freshet.capture_consumers($1) WHERE pins) '
        'SELECT c.pgt_id, bool_or(b.note IS NOT NULL AND b.note = ''g'') FROM %s AS b, consumer AS c '
        -- Almost all rows are older than every frontier: one comparison each.
        'WHERE b.xid >= (SELECT min(pg_snapshot_xmin(as_of)) FROM consumer) '
        'AND NOT pg_visible_in_snapshot(b.xid, c.as_of) AND b.xid IS DISTINCT FROM c.own_xid GROUP BY c.pgt_id',
        buffer::regclass) USING source;
END
$body$;

-- Keeps refreshes of all consumers from starting until COMMIT; false where one is running. A snapshot older than a
-- TRUNCATE would see an empty buffer. An operator's hidden stream table is refreshed under its owner's lock.
CREATE FUNCTION freshet.hold_off_refreshes(source oid) RETURNS boolean LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    held bigint;
BEGIN
    FOR held IN
        WITH RECURSIVE consumer (pgt_id) AS (
            SELECT d.pgt_id FROM freshet.dependency d WHERE d.source_relid = source AND d.cdc_mode = 'trigger'
            UNION
            SELECT d.parent_id FROM consumer c JOIN freshet.definition d ON d.pgt_id = c.pgt_id WHERE d.parent_id IS NOT NULL
        ) SELECT c.pgt_id FROM consumer c ORDER BY c.pgt_id
    LOOP
        IF NOT pg_try_advisory_xact_lock(1718775923, held::int) THEN
            RETURN false;
        END IF;
    END LOOP;
    RETURN true;
END
$body$;

-- Empties a buffer if everybody has read all of it. The look before the lock saves the lock; the look under it is what
-- makes it exact: a statement that was planned with the old function may insert long after a rotation. In READ COMMITTED
-- each look has its own snapshot, so that the second sees whatever was committed while the lock was waited for.
CREATE FUNCTION freshet.empty_buffer(source oid, buffer oid, patient boolean) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
    IF EXISTS (SELECT FROM freshet.buffer_laggards(source, buffer)) THEN
        RETURN false;
    END IF;
    -- The active buffer has writers, and nobody should queue behind us: now or not at all.
    EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE %s', buffer::regclass, CASE WHEN patient THEN '' ELSE 'NOWAIT' END);
    IF EXISTS (SELECT FROM freshet.buffer_laggards(source, buffer)) THEN
        RETURN false;
    END IF;
    EXECUTE format('TRUNCATE %s', buffer::regclass);
    RETURN true;
EXCEPTION WHEN lock_not_available THEN
    RETURN false;
END
$body$;

-- Makes the writers use the other, empty, buffer. Takes no lock on the source; every session recompiles the function once.
CREATE FUNCTION freshet.rotate_buffers(source oid) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
    UPDATE freshet.capture c
    SET active = CASE c.active WHEN 'a' THEN 'b' ELSE 'a' END, switched_at = pg_current_snapshot()
    WHERE c.source_relid = source AND NOT c.superseded;
    PERFORM freshet.write_capture_functions(source);
END
$body$;

-- Whether there is something to do about a generation's buffers. Asked of all of them every second, so that it must be
-- put in the place of its call: no SET, and as volatile as a size is.
CREATE FUNCTION freshet.is_disposable(c freshet.capture, quiet_bytes bigint) RETURNS boolean LANGUAGE sql
RETURN c.superseded OR pg_relation_size(CASE c.active WHEN 'a' THEN c.buffer_b ELSE c.buffer_a END) > 0
    OR pg_relation_size(CASE c.active WHEN 'a' THEN c.buffer_a ELSE c.buffer_b END) > quiet_bytes;

-- One step of keeping a source's buffers small: empties what has been read, rotates what has grown, drops generations
-- that nobody needs. Call it in a READ COMMITTED transaction of its own with a short lock_timeout, outside any refresh.
CREATE FUNCTION freshet.dispose_capture(source oid, rotate_bytes bigint, quiet_bytes bigint,
    OUT emptied int, OUT rotated boolean, OUT bytes bigint)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    s      freshet.capture_source;
    g      record;
    behind record;
BEGIN
    emptied := 0;
    rotated := false;
    SELECT * INTO s FROM freshet.capture_source c WHERE c.source_relid = source FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    -- Half of the fuse's limit is reserved: whoever lags that far behind is set to FULL rather than letting the fuse
    -- blow, which would set everyone to FULL.
    FOR g IN SELECT c.generation, c.superseded, c.buffer_a, c.buffer_b,
                    CASE c.active WHEN 'a' THEN c.buffer_a ELSE c.buffer_b END AS active,
                    CASE c.active WHEN 'a' THEN c.buffer_b ELSE c.buffer_a END AS idle
             FROM freshet.capture c WHERE c.source_relid = source AND freshet.is_disposable(c, quiet_bytes) ORDER BY c.generation LOOP
        IF freshet.hold_off_refreshes(source) THEN
            FOR behind IN SELECT DISTINCT l.pgt_id FROM (
                    SELECT * FROM freshet.buffer_laggards(source, g.idle)
                    UNION ALL SELECT * FROM freshet.buffer_laggards(source, g.active) WHERE gap) AS l
                WHERE l.gap OR pg_relation_size(g.idle) + pg_relation_size(g.active) > s.bytes_max / 2 LOOP
                PERFORM freshet.append('refresh:' || behind.pgt_id, 'FullRequired', '{"full_reason": "buffer_limit"}');
            END LOOP;
            IF g.superseded THEN
                IF NOT EXISTS (SELECT FROM freshet.buffer_laggards(source, g.buffer_a))
                   AND NOT EXISTS (SELECT FROM freshet.buffer_laggards(source, g.buffer_b)) THEN
                    PERFORM freshet.drop_generation(source, g.generation);
                END IF;
                CONTINUE;
            END IF;
            IF pg_relation_size(g.idle) > 0 THEN
                emptied := emptied + freshet.empty_buffer(source, g.idle, true)::int;
            END IF;
            IF pg_relation_size(g.active) > quiet_bytes THEN
                emptied := emptied + freshet.empty_buffer(source, g.active, false)::int;
            END IF;
        END IF;
        IF NOT g.superseded AND pg_relation_size(g.active) > rotate_bytes AND pg_relation_size(g.idle) = 0 THEN
            PERFORM freshet.rotate_buffers(source);
            rotated := true;
        END IF;
    END LOOP;
    SELECT coalesce(sum(pg_relation_size(c.buffer_a) + pg_relation_size(c.buffer_b)), 0) INTO bytes
    FROM freshet.capture c WHERE c.source_relid = source;
END
$body$;
