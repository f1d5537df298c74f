-- What the scheduler reads.

-- Every stream table as the scheduler watches it.
CREATE VIEW freshet.watched AS
SELECT d.pgt_id, d.schedule, d.tier, d.initialize, d.view_relid IS NULL AS lost,
       c.status, c.is_populated, c.full_reason, c.retry_at,
       f.epoch, f.epoch IS NOT DISTINCT FROM f.compiled_epoch AS compiled,
       greatest(f.read_at, c.last_refresh_at, d.created_at) AS looked_at,
       ARRAY(SELECT upstream.pgt_id
               FROM freshet.dependency AS edge JOIN freshet.definition AS upstream ON upstream.relid = edge.source_relid
              WHERE edge.pgt_id = d.pgt_id AND upstream.pgt_id <> d.pgt_id) AS upstreams,
       last.skipped_for
  FROM freshet.definition AS d
  JOIN freshet.condition AS c USING (pgt_id)
  JOIN freshet.frontier AS f USING (pgt_id)
  LEFT JOIN LATERAL (SELECT CASE h.action WHEN 'SKIP' THEN h.refresh_reason END AS skipped_for
                       FROM freshet.refresh_history AS h WHERE h.pgt_id = d.pgt_id
                      ORDER BY h.refresh_id DESC LIMIT 1) AS last ON true
 WHERE NOT d.hidden;
COMMENT ON VIEW freshet.watched IS 'Stream tables as the scheduler watches them.';

-- Requests that were committed after a snapshot. The cursor is a snapshot: an event id would pass over what commits late.
CREATE FUNCTION freshet.refreshes_wanted_since(seen pg_snapshot) RETURNS SETOF bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT DISTINCT freshet.subject_of(e.stream) FROM freshet.event AS e
     WHERE e.xid >= pg_snapshot_xmin(seen) AND NOT pg_visible_in_snapshot(e.xid, seen) AND e.type = 'RefreshWanted';
END;

-- Requests of the last minutes that no refresh has answered: what a service finds when it starts.
CREATE FUNCTION freshet.refreshes_unanswered(events_max integer) RETURNS SETOF bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT DISTINCT f.pgt_id
      FROM (SELECT e.stream, e.type, e.payload, e.at FROM freshet.event AS e ORDER BY e.event_id DESC LIMIT events_max) AS recent
      JOIN freshet.frontier AS f ON f.pgt_id = freshet.subject_of(recent.stream)
     WHERE recent.type = 'RefreshWanted' AND recent.at > clock_timestamp() - interval '15 minutes'
       AND NOT freshet.covers(f.as_of, (recent.payload ->> 'snapshot')::pg_snapshot);
END;

-- The stream tables among these that a refresh would have something to do for: their rows change by themselves, a source is not captured, or has changed
-- otherwise than by changes of its rows, nothing is known of the sources at all, or changes are waiting. Most buffers are empty, which their size says; it is asked before
-- anything is joined. A hint: what it misses the next tick finds.
CREATE FUNCTION freshet.stale_among(ids bigint[]) RETURNS SETOF bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    candidate record;
    is_stale  boolean;
BEGIN
    RETURN QUERY
        SELECT f.pgt_id
          FROM freshet.frontier AS f JOIN freshet.condition AS c USING (pgt_id) LEFT JOIN freshet.dependency AS e USING (pgt_id)
         WHERE f.pgt_id = ANY (ids)
           AND (f.as_of IS NULL OR c.changes_by_itself OR e.cdc_mode IS DISTINCT FROM 'trigger' OR e.shape_now <> e.shape);
    FOR candidate IN
        WITH filled AS MATERIALIZED (
            SELECT c.source_relid, c.buffer_a::regclass AS a, c.buffer_b::regclass AS b
              FROM freshet.capture AS c
             WHERE c.source_relid IN (SELECT e.source_relid FROM freshet.dependency AS e
                                       WHERE e.pgt_id = ANY (ids) AND e.cdc_mode = 'trigger')
               AND (pg_relation_size(c.buffer_a) > 0
                    -- Before the first rotation there is one buffer to look at, which halves the price of an idle tick.
                    OR c.switched_at IS NOT NULL AND pg_relation_size(c.buffer_b) > 0)
        )
        SELECT f.pgt_id, f.as_of, f.own_xid, filled.a, filled.b
          FROM filled
          JOIN freshet.dependency AS e USING (source_relid)
          JOIN freshet.frontier AS f USING (pgt_id)
         WHERE f.pgt_id = ANY (ids) AND e.cdc_mode = 'trigger' AND f.as_of IS NOT NULL
    LOOP
        EXECUTE format(
            'SELECT EXISTS (SELECT FROM (SELECT xid FROM %s UNION ALL SELECT xid FROM %s) AS change '
            'WHERE xid >= pg_snapshot_xmin($1) AND NOT pg_visible_in_snapshot(xid, $1) AND xid IS DISTINCT FROM $2)',
            candidate.a, candidate.b)
        INTO is_stale USING candidate.as_of, candidate.own_xid;
        IF is_stale THEN
            RETURN NEXT candidate.pgt_id;
        END IF;
    END LOOP;
END
$$;

-- Settings that belong to the database, without a connection of their own: what ALTER DATABASE … SET has stored.
CREATE FUNCTION freshet.database_settings() RETURNS TABLE (name text, value text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT DISTINCT ON (split_part(setting, '=', 1)) split_part(setting, '=', 1), substr(setting, strpos(setting, '=') + 1)
      FROM pg_db_role_setting AS s CROSS JOIN LATERAL unnest(s.setconfig) AS setting
     WHERE s.setdatabase = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
       AND (s.setrole = 0 OR s.setrole = (SELECT r.oid FROM pg_roles AS r WHERE r.rolname = session_user))
       AND setting LIKE 'freshet.%'
     ORDER BY split_part(setting, '=', 1), s.setrole DESC;
END;

REVOKE ALL ON freshet.watched FROM PUBLIC;
REVOKE ALL ON FUNCTION freshet.refreshes_wanted_since(pg_snapshot), freshet.refreshes_unanswered(integer),
    freshet.stale_among(bigint[]), freshet.database_settings() FROM PUBLIC;
