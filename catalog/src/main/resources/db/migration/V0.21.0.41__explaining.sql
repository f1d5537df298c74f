-- What the next refresh would do. These cannot ask the service: they show what it last stored, and live counts.

CREATE VIEW freshet.pgt_plans WITH (security_barrier) AS
SELECT d.pgt_id, s.plan
  FROM freshet.definition AS d
  JOIN freshet.condition AS s USING (pgt_id)
 WHERE freshet.may_see(d.relid);
COMMENT ON VIEW freshet.pgt_plans IS 'How each stream table is maintained, as last compiled.';
GRANT SELECT ON freshet.pgt_plans TO PUBLIC;

-- The stream table that the caller means and may look at.
CREATE FUNCTION freshet.visible_stream_table(name text) RETURNS bigint
LANGUAGE plpgsql STABLE
AS $$
DECLARE
    about bigint := freshet.find_stream_table(name, freshet.caller_path());
BEGIN
    IF NOT EXISTS (SELECT FROM freshet.pgt_stream_tables AS t WHERE t.pgt_id OPERATOR(pg_catalog.=) about) THEN
        RAISE EXCEPTION 'permission denied for stream table %', name
            USING ERRCODE = '42501', HINT = 'Its owner can GRANT SELECT on it.';
    END IF;
    RETURN about;
END
$$;

-- Rows of change buffers that this stream table has not seen, counted up to 1,000,000 per buffer. It reads buffers that
-- nobody else may read, so it answers only for a session that may read the stream table itself.
CREATE FUNCTION freshet.unseen_changes(about bigint) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    f       freshet.frontier;
    buffer  name;
    found_  bigint;
    pending bigint := 0;
BEGIN
    IF NOT EXISTS (SELECT FROM freshet.definition AS d WHERE d.pgt_id = about
                      AND (coalesce(has_table_privilege(session_user, d.relid, 'SELECT'), false)
                           OR pg_has_role(session_user, freshet.service_role(), 'USAGE'))) THEN
        RETURN NULL;
    END IF;
    SELECT * INTO f FROM freshet.frontier AS x WHERE x.pgt_id = about;
    IF f.as_of IS NULL THEN
        RETURN NULL;
    END IF;
    FOR buffer IN
        SELECT c.relname
          FROM freshet.dependency AS e
          JOIN freshet.capture AS g USING (source_relid)
          JOIN pg_class AS c ON c.relname IN (format('b_%s_%s_a', e.source_relid, g.generation),
                                              format('b_%s_%s_b', e.source_relid, g.generation))
         WHERE e.pgt_id = about AND c.relnamespace = 'freshet_buffer'::regnamespace
    LOOP
        EXECUTE format('SELECT count(*) FROM (SELECT FROM freshet_buffer.%I AS b WHERE b.xid >= pg_snapshot_xmin($1)
                          AND NOT pg_visible_in_snapshot(b.xid, $1) AND b.xid IS DISTINCT FROM $2 LIMIT 1000000) AS new', buffer)
           INTO found_ USING f.as_of, f.own_xid;
        pending := pending + found_;
    END LOOP;
    RETURN pending;
END
$$;
COMMENT ON FUNCTION freshet.unseen_changes(bigint) IS 'Changes captured for a stream table that it has not seen; NULL before it is populated.';

CREATE FUNCTION freshet.explain_refresh_mode(name text)
RETURNS TABLE (stream_table text, next_mode text, code text, reason text, pending_changes bigint, last_full_ms double precision,
               last_differential_ms double precision, predicted_diff_ms double precision, predicted_full_ms double precision)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT pg_catalog.format('%I.%I', t.pgt_schema, t.pgt_name),
           CASE WHEN t.status = 'SUSPENDED' THEN NULL
                WHEN NOT t.is_populated OR t.full_reason IS NOT NULL THEN 'FULL'
                ELSE t.effective_mode END,
           CASE WHEN t.status = 'SUSPENDED' THEN 'suspended'
                WHEN NOT t.is_populated THEN 'initial'
                ELSE coalesce(t.full_reason, t.mode_code) END,
           CASE WHEN t.status = 'SUSPENDED' THEN 'It is suspended' || coalesce(' (' || t.suspend_reason || ')', '')
                     || '; freshet.resume_stream_table() continues it.'
                WHEN NOT t.is_populated THEN 'It has not been populated yet.'
                WHEN t.full_reason IS NOT NULL THEN 'The next refresh must be FULL: ' || t.full_reason || '.'
                ELSE coalesce(t.mode_reason, 'It has not been compiled yet.') END,
           freshet.unseen_changes(t.pgt_id), t.last_full_ms, differential.duration_ms,
           predicted.predicted_diff_ms, predicted.predicted_full_ms
      FROM freshet.pgt_stream_tables AS t
      LEFT JOIN LATERAL (SELECT h.duration_ms FROM freshet.pgt_refresh_history AS h
                          WHERE h.pgt_id = t.pgt_id AND h.action = 'DIFFERENTIAL' AND h.status = 'COMPLETED'
                          ORDER BY h.refresh_id DESC LIMIT 1) AS differential ON true
      LEFT JOIN LATERAL (SELECT h.predicted_diff_ms, h.predicted_full_ms FROM freshet.pgt_refresh_history AS h
                          WHERE h.pgt_id = t.pgt_id AND h.status = 'COMPLETED'
                          ORDER BY h.refresh_id DESC LIMIT 1) AS predicted ON true
     WHERE t.pgt_id = freshet.visible_stream_table(name);
END;
COMMENT ON FUNCTION freshet.explain_refresh_mode(text) IS 'Which mode the next refresh would take, why, and what both modes cost.';

CREATE FUNCTION freshet.explain_delta(name text) RETURNS TABLE (delta text)
LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH it AS MATERIALIZED (
        SELECT t.*, p.plan FROM freshet.pgt_stream_tables AS t JOIN freshet.pgt_plans AS p USING (pgt_id)
         WHERE t.pgt_id = freshet.visible_stream_table(name)
    ), part (section, rank, body) AS (
        SELECT 1, 0::bigint, pg_catalog.format('-- %I.%I: %s', it.pgt_schema, it.pgt_name,
                                 coalesce(it.mode_reason, 'not compiled yet; the service compiles it when it first refreshes it'))
          FROM it
        UNION ALL
        SELECT 2, o.rank, pg_catalog.format('-- %s: %s', o.value ->> 'operator',
                                 pg_catalog.concat_ws(', ', o.value ->> 'how', o.value ->> 'code', 'position ' || (o.value ->> 'position')))
          FROM it, pg_catalog.jsonb_array_elements(coalesce(it.plan -> 'operators', '[]')) WITH ORDINALITY AS o (value, rank)
        UNION ALL
        SELECT 3, s.rank, CASE pg_catalog.jsonb_typeof(s.value) WHEN 'string' THEN s.value #>> '{}' ELSE s.value ->> 'sql' END || ';'
          FROM it, pg_catalog.jsonb_array_elements(coalesce(it.plan -> 'statements', '[]')) WITH ORDINALITY AS s (value, rank)
    )
    SELECT line.text
      FROM part, pg_catalog.string_to_table(part.body, E'\n') WITH ORDINALITY AS line (text, number)
     ORDER BY part.section, part.rank, line.number;
END;
COMMENT ON FUNCTION freshet.explain_delta(text) IS 'The SQL of the next differential refresh, a line a row.';
