-- As before, and what the refresh is expected to cost, if run -> 'forecast' says it:
--
--   intercept, slope  of the line that says what so many changes cost, in milliseconds
--   limit             the most that may cost, or it is looked at again which way is cheaper; may be left out
--
-- These figures come from the service's memory, so that nothing is asked for: the refresh stays one statement.
CREATE OR REPLACE FUNCTION freshet.refresh_settled(id bigint, seen_epoch bigint, relation oid, objects oid[], stamp text, pending text, places int[],
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
    forecast constant jsonb := run -> 'forecast';
    predicted double precision;
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
    IF forecast IS NOT NULL THEN
        predicted := greatest(0, (forecast ->> 'intercept')::double precision + (forecast ->> 'slope')::double precision * news.changes);
        IF predicted > (forecast ->> 'limit')::double precision THEN
            RETURN 'look';
        END IF;
    END IF;
    PERFORM set_config(s.name, s.setting, true) FROM unnest(names, settings) AS s (name, setting)
     WHERE current_setting(s.name) <> s.setting;
    FOR i IN 1 .. cardinality(deltas) LOOP
        EXECUTE CASE WHEN read_frontier[i] THEN format('EXECUTE %I (%L, %L)', deltas[i], was.as_of, coalesce(was.own_xid, '0'))
                     ELSE format('EXECUTE %I', deltas[i]) END;
    END LOOP;
    PERFORM set_config('search_path', 'pg_catalog, pg_temp', true);
    PERFORM freshet.complete_refresh(id, seen_epoch, relation, started, before, trees, NULL,
        CASE WHEN forecast IS NULL THEN run ELSE run - 'forecast' || jsonb_build_object('predicted_diff_ms', predicted) END
        || jsonb_build_object('action', 'DIFFERENTIAL', 'delta_row_count', news.changes));
    RETURN 'refreshed';
END
$$;
