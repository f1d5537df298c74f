-- A whole refresh in one statement, for the stream table of which the service knows everything already: sole in its
-- transaction, its plan made, nothing amiss when it was last looked at, and its changes expected to be of the kind and order
-- of magnitude of the last ones. What is otherwise several statements costs most of its time between them.
--
-- The session has tried for the advisory lock, and put into freshet.locked whether it got it; then BEGIN ISOLATION LEVEL
-- REPEATABLE READ and the locks on tables; then this, and COMMIT. Nothing is written unless it returns 'refreshed'.
--
--   objects, stamp  what it relies on in the catalogs, and how that was (freshet.catalog_stamp)
--   pending         a prepared statement of the session: what is new to it, in one row (PendingQuery.summary)
--   places          the sources expected to have changed
--   changes_max     at most so many changes of each of these, and in all not less than a tenth of it; the prepared statements
--                   read no more, and were planned for that
--   fraction        of the changed sources' tuples, above which FULL is cheaper
--   deltas          prepared statements of the session; those that read the frontier have it as parameters: as_of, own_xid
--   trees           the sources that have partitions or children
--   names, settings under which the query is run
--
-- Returns 'refreshed'; 'locked' if somebody else holds it; 'look' if anything is not as expected.
CREATE FUNCTION freshet.refresh_settled(id bigint, seen_epoch bigint, relation oid, objects oid[], stamp text, pending text, places int[],
    insert_only boolean, changes_max bigint[], fraction double precision, deltas text[], read_frontier boolean[], trees oid[],
    names text[], settings text[], run jsonb) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    started constant timestamptz := clock_timestamp();
    before  constant bigint[] := ARRAY[pg_stat_get_xact_tuples_inserted(relation), pg_stat_get_xact_tuples_updated(relation),
                                       pg_stat_get_xact_tuples_deleted(relation)];
    -- As ModeDecider has it.
    tuples_min constant double precision := 1000;
    changes_all bigint := 0;
    was     record;
    news    record;
BEGIN
    IF current_setting('freshet.locked', true) IS DISTINCT FROM 'true' THEN
        RETURN 'locked';
    END IF;
    -- Who was changed since the snapshot fails with 40001.
    SELECT f.as_of, f.own_xid INTO was
      FROM freshet.condition AS c JOIN freshet.frontier AS f USING (pgt_id)
     WHERE c.pgt_id = id AND c.is_populated AND c.full_reason IS NULL AND f.epoch = seen_epoch AND f.compiled_epoch = seen_epoch
       AND f.as_of IS NOT NULL
       FOR NO KEY UPDATE OF c, f SKIP LOCKED;
    IF NOT FOUND OR freshet.catalog_stamp(objects) IS DISTINCT FROM stamp THEN
        RETURN 'look';
    END IF;
    EXECUTE format('EXECUTE %I (%s)', pending, id) INTO news;
    IF news.places IS DISTINCT FROM refresh_settled.places THEN
        RETURN 'look';
    END IF;
    -- Expressions and no queries, which would take a tenth of the whole.
    FOR i IN 1 .. cardinality(changes_max) LOOP
        IF (news.changes_of)[i] > changes_max[i] THEN
            RETURN 'look';
        END IF;
        changes_all := changes_all + changes_max[i];
    END LOOP;
    IF news.full_only OR news.deletions AND insert_only
       OR news.changes * 10 <= changes_all AND changes_all > 10 * cardinality(changes_max)
       OR news.tuples >= tuples_min AND news.changes > fraction * news.tuples THEN
        RETURN 'look';
    END IF;
    PERFORM set_config(s.name, s.setting, true) FROM unnest(names, settings) AS s (name, setting)
     WHERE current_setting(s.name) <> s.setting;
    FOR i IN 1 .. cardinality(deltas) LOOP
        EXECUTE CASE WHEN read_frontier[i] THEN format('EXECUTE %I (%L, %L)', deltas[i], was.as_of, coalesce(was.own_xid, '0'))
                     ELSE format('EXECUTE %I', deltas[i]) END;
    END LOOP;
    PERFORM set_config('search_path', 'pg_catalog, pg_temp', true);
    PERFORM freshet.complete_refresh(id, seen_epoch, relation, started, before, trees, NULL,
        run || jsonb_build_object('action', 'DIFFERENTIAL', 'delta_row_count', news.changes));
    RETURN 'refreshed';
END
$$;
COMMENT ON FUNCTION freshet.refresh_settled(bigint, bigint, oid, oid[], text, text, int[], boolean, bigint[], double precision, text[], boolean[],
    oid[], text[], text[], jsonb) IS 'Refreshes by differences if everything is as it was at the last refresh.';
REVOKE ALL ON FUNCTION freshet.refresh_settled(bigint, bigint, oid, oid[], text, text, int[], boolean, bigint[], double precision, text[],
    boolean[], oid[], text[], text[], jsonb) FROM PUBLIC;
