-- For people at a prompt who want to know whether all is well.

CREATE FUNCTION freshet.dependency_tree()
RETURNS TABLE (tree text, kind text, pgt_id bigint, status text, effective_mode text, schedule text, relid oid)
LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH RECURSIVE stream_table AS (
        SELECT DISTINCT g.pgt_id, g.relid, g.hidden, g.status, g.effective_mode, g.schedule FROM freshet.pgt_graph AS g
    ), node (path, relid, kind) AS (
        SELECT ARRAY[freshet.name_of(s.relid)], s.relid, 'STREAM_TABLE'
          FROM stream_table AS s
         WHERE NOT EXISTS (SELECT FROM freshet.pgt_graph AS g WHERE g.source_relid = s.relid)
        UNION ALL
        SELECT n.path || freshet.name_of(g.source_relid), g.source_relid, g.source_type
          FROM node AS n
          JOIN freshet.pgt_graph AS g ON g.relid = n.relid
         WHERE g.source_relid IS NOT NULL
           -- The graph has no cycle; the limit is for a log that says otherwise.
           AND pg_catalog.cardinality(n.path) < 100
    )
    SELECT pg_catalog.repeat('   ', pg_catalog.cardinality(n.path) - 1) || n.path[pg_catalog.cardinality(n.path)],
           CASE WHEN s.hidden THEN n.kind || ' (hidden)' ELSE n.kind END,
           s.pgt_id, s.status, s.effective_mode, s.schedule, n.relid
      FROM node AS n
      LEFT JOIN stream_table AS s ON s.relid = n.relid
     ORDER BY n.path;
END;
COMMENT ON FUNCTION freshet.dependency_tree() IS 'Every stream table above what it reads, indented.';

CREATE VIEW freshet.pgt_change_buffers WITH (security_barrier) AS
SELECT g.source_relid, g.generation, g.superseded, g.row_triggers, g.installed_at,
       coalesce(sum(pg_catalog.pg_stat_get_live_tuples(c.oid)), 0)::bigint AS rows_estimated,
       coalesce(sum(pg_catalog.pg_total_relation_size(c.oid)), 0)::bigint AS bytes
  FROM freshet.capture AS g
  LEFT JOIN pg_catalog.pg_class AS c
    ON c.relnamespace = (SELECT n.oid FROM pg_catalog.pg_namespace AS n WHERE n.nspname = 'freshet_buffer')
   AND c.relname IN (format('b_%s_%s_a', g.source_relid, g.generation), format('b_%s_%s_b', g.source_relid, g.generation))
 WHERE freshet.may_see(g.source_relid)
 GROUP BY g.source_relid, g.generation;
COMMENT ON VIEW freshet.pgt_change_buffers IS 'The change buffers of the tables that the caller may read.';
GRANT SELECT ON freshet.pgt_change_buffers TO PUBLIC;

CREATE FUNCTION freshet.change_buffer_sizes()
RETURNS TABLE (source text, source_relid oid, generation integer, superseded boolean, rows_estimated bigint, bytes bigint,
               size text, consumers bigint)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT freshet.name_of(b.source_relid), b.source_relid, b.generation, b.superseded, b.rows_estimated, b.bytes,
           pg_catalog.pg_size_pretty(b.bytes),
           (SELECT pg_catalog.count(DISTINCT g.pgt_id) FROM freshet.pgt_graph AS g WHERE g.source_relid = b.source_relid)
      FROM freshet.pgt_change_buffers AS b
     ORDER BY b.bytes DESC, 1, b.generation;
END;
COMMENT ON FUNCTION freshet.change_buffer_sizes() IS 'How much each source''s change buffers hold, the largest first.';

-- The stream tables that have never been populated, and how far the one being filled has come.
CREATE VIEW freshet.pgt_populations WITH (security_barrier) AS
SELECT d.pgt_id, d.relid, p.at AS started_at,
       (p.payload ->> 'estimated_rows')::double precision AS estimated_rows,
       (p.payload ->> 'estimated_bytes')::double precision AS estimated_bytes
  FROM freshet.definition AS d
  JOIN freshet.condition AS s USING (pgt_id)
  LEFT JOIN LATERAL (SELECT e.at, e.payload FROM freshet.event AS e
                      WHERE e.stream = 'refresh:' || d.pgt_id AND e.type = 'PopulationStarted'
                      ORDER BY e.revision DESC LIMIT 1) AS p ON true
 WHERE NOT s.is_populated AND NOT d.hidden AND freshet.may_see(d.relid);
GRANT SELECT ON freshet.pgt_populations TO PUBLIC;

CREATE FUNCTION freshet.population_progress()
RETURNS TABLE (stream_table text, pgt_id bigint, started_at timestamptz, estimated_rows double precision, bytes_written bigint,
               estimated_bytes double precision, percent double precision)
LANGUAGE sql STABLE
BEGIN ATOMIC
    -- A file grows as it is written, whoever may see its rows yet.
    SELECT freshet.name_of(p.relid), p.pgt_id, p.started_at, p.estimated_rows, now_.bytes, p.estimated_bytes,
           CASE WHEN p.estimated_bytes > 0 THEN least(100, 100 * now_.bytes / p.estimated_bytes) END
      FROM freshet.pgt_populations AS p
     CROSS JOIN LATERAL (SELECT pg_catalog.pg_relation_size(p.relid) AS bytes) AS now_
     ORDER BY 1;
END;
COMMENT ON FUNCTION freshet.population_progress() IS 'How far the first population of each stream table has come, by the size of its file.';

CREATE FUNCTION freshet.same_cluster() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce((SELECT i.system_identifier = c.system_identifier
                        AND i.database_oid = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
                       FROM freshet.installation AS i, pg_control_system() AS c), true)
$$;
COMMENT ON FUNCTION freshet.same_cluster() IS 'Whether this is the database that it was installed in, and not a copy.';

CREATE FUNCTION freshet.health_check()
RETURNS TABLE (check_name text, status text, detail text, hint text)
LANGUAGE sql VOLATILE
BEGIN ATOMIC
    WITH t AS MATERIALIZED (
        SELECT pg_catalog.format('%I.%I', s.pgt_schema, s.pgt_name) AS name, s.* FROM freshet.pg_stat_stream_tables AS s
    ), finding (rank, check_name, bad, severity, found, hint) AS (
        SELECT 1, 'service', NOT EXISTS (
                   SELECT FROM pg_catalog.pg_locks AS l
                    WHERE l.locktype = 'advisory' AND l.classid = 1718775923 AND l.objid = 0 AND l.objsubid = 2 AND l.granted
                      AND l.database = (SELECT d.oid FROM pg_catalog.pg_database AS d WHERE d.datname = pg_catalog.current_database())),
               'ERROR', 'no service is at work on this database', 'Start it: freshet serve --url …'
        UNION ALL
        SELECT 2, 'cluster', NOT freshet.same_cluster(), 'ERROR', 'this is a copy of the database that was installed in',
               'freshet serve notices it when it starts, and refreshes every stream table in full.'
        UNION ALL
        SELECT 3, 'failing', count(*) > 0, 'ERROR', pg_catalog.string_agg(t.name || ': ' || coalesce(t.last_error, '?'), '; ' ORDER BY t.name),
               'It is tried again by itself; SELECT * FROM freshet.pgt_refresh_history shows each attempt.'
          FROM t WHERE t.status = 'ERROR'
        UNION ALL
        SELECT 4, 'suspended', count(*) > 0, 'WARNING', pg_catalog.string_agg(t.name || coalesce(': ' || t.last_error, ''), '; ' ORDER BY t.name),
               'SELECT freshet.resume_stream_table(name) continues it.'
          FROM t WHERE t.status = 'SUSPENDED'
        UNION ALL
        SELECT 5, 'stale', count(*) > 0, 'WARNING', pg_catalog.string_agg(t.name, '; ' ORDER BY t.name),
               'It is older than its schedule allows: is the service running, and is it keeping up?'
          FROM t WHERE t.stale AND t.is_populated AND t.status = 'ACTIVE' AND t.refresh_tier <> 'frozen'
        UNION ALL
        SELECT 6, 'populating', count(*) > 0, 'WARNING', pg_catalog.string_agg(t.name, '; ' ORDER BY t.name),
               'SELECT * FROM freshet.population_progress() shows how far it has come.'
          FROM t WHERE t.status = 'INITIALIZING'
        UNION ALL
        SELECT 7, 'dropped', count(*) > 0, 'WARNING', pg_catalog.string_agg(t.name, '; ' ORDER BY t.name),
               'The table was dropped; the service cleans up after it.'
          FROM t WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_class AS c WHERE c.oid = t.pgt_relid)
        UNION ALL
        SELECT 8, 'buffers', count(*) > 0, 'WARNING',
               pg_catalog.string_agg(b.source || ' ' || b.size, '; ' ORDER BY b.bytes DESC),
               'Changes wait for a stream table that is not refreshed, or for a long transaction to end.'
          FROM freshet.change_buffer_sizes() AS b WHERE b.bytes > 1073741824
    )
    SELECT f.check_name, CASE WHEN f.bad THEN f.severity ELSE 'OK' END, CASE WHEN f.bad THEN f.found END,
           CASE WHEN f.bad THEN f.hint END
      FROM finding AS f ORDER BY f.rank;
END;
COMMENT ON FUNCTION freshet.health_check() IS 'One row per check; all is well if every status is OK.';

-- A copy of the database has transaction ids of its own, so that no frontier means anything there. One restored from a
-- dump has object ids of its own as well: its stream tables are found again by their names, and capture, whose objects
-- are called after the old ids, is made anew.
CREATE FUNCTION freshet.adopt_cluster() RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    d     freshet.definition;
    table_ oid;
    view_  oid;
BEGIN
    IF freshet.same_cluster() THEN
        RETURN false;
    END IF;
    -- A new id may be another one's old id.
    SET CONSTRAINTS freshet.definition_relid DEFERRED;
    FOR d IN SELECT * FROM freshet.definition ORDER BY pgt_id LOOP
        table_ := coalesce(to_regclass(format('%I.%I', d.pgt_schema, d.pgt_name)), d.relid);
        view_ := to_regclass('freshet_def.st_' || d.pgt_id);
        IF (table_, view_) IS DISTINCT FROM (d.relid, d.view_relid) THEN
            PERFORM freshet.append('stream_table:' || d.pgt_id, 'StreamTableAltered',
                                   jsonb_build_object('relid', table_, 'view_relid', view_));
        END IF;
        PERFORM freshet.append('refresh:' || d.pgt_id, 'FullRequired', '{"full_reason": "repair"}');
    END LOOP;
    UPDATE freshet.frontier AS f SET epoch = f.epoch + 1, as_of = NULL, own_xid = NULL;
    PERFORM freshet.remove_capture(s.source_relid) FROM freshet.capture_source AS s;
    UPDATE freshet.installation AS i
       SET system_identifier = (SELECT c.system_identifier FROM pg_control_system() AS c),
           database_oid = (SELECT b.oid FROM pg_database AS b WHERE b.datname = current_database());
    RETURN true;
END
$$;
COMMENT ON FUNCTION freshet.adopt_cluster() IS 'Voids every frontier if this is a copy of the database that was installed in; true if it was.';
REVOKE ALL ON FUNCTION freshet.adopt_cluster() FROM PUBLIC;
