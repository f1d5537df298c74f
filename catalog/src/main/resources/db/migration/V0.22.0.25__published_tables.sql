-- What commands do to a published stream table.

-- As before, and out of its publication.
CREATE OR REPLACE FUNCTION freshet.drop_all_of(id bigint, noticed boolean DEFAULT false) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    relation oid := (SELECT d.relid FROM freshet.definition d WHERE d.pgt_id = id);
BEGIN
    PERFORM freshet.interrupt(id);
    PERFORM freshet.unpublish(id);
    PERFORM freshet.drop_state(id);
    PERFORM freshet.drop_definition_view(id);
    IF EXISTS (SELECT FROM pg_class c WHERE c.oid = relation) THEN
        EXECUTE format('DROP TABLE %s CASCADE', relation::regclass);
    END IF;
    PERFORM freshet.append('stream_table:' || id, 'StreamTableDropped', CASE WHEN noticed THEN '{"noticed": true}' ELSE '{}' END::jsonb);
EXCEPTION WHEN insufficient_privilege THEN
    RAISE EXCEPTION 'the service may not drop %: %', freshet.name_of(relation), SQLERRM
        USING ERRCODE = '42501', HINT = format('DROP TABLE %s; as its owner, the service notices and cleans up. Or make the service a member of the owner.', freshet.name_of(relation));
END $$;

-- All rows go. Subscribers of a published table are told of each: a truncation they are not.
CREATE FUNCTION freshet.empty_stream_table(relation oid) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM freshet.require_trusted_code(relation);
    PERFORM freshet.allow_writes(local => true);
    IF EXISTS (SELECT FROM freshet.definition AS d WHERE d.relid = relation AND d.downstream_publication_name IS NOT NULL) THEN
        PERFORM freshet.require_replica_identity(relation);
        EXECUTE format('DELETE FROM %s', relation::regclass);
    ELSE
        EXECUTE format('TRUNCATE %s', relation::regclass);
    END IF;
    PERFORM set_config('freshet.refreshing', '', true);
END $$;
REVOKE ALL ON FUNCTION freshet.empty_stream_table(oid) FROM PUBLIC;

-- As before, but for how it is emptied.
CREATE OR REPLACE FUNCTION freshet.change_columns(relation oid, view oid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    change record := freshet.column_changes(relation, view);
    users text[] := freshet.users_of_columns(relation, change.dropped);
    actions text[];
BEGIN
    IF cardinality(change.dropped) + cardinality(change.added) = 0 THEN
        RETURN false;
    ELSIF cardinality(users) > 0 THEN
        RAISE EXCEPTION 'cannot % column % of stream table %: other objects read it', CASE WHEN change.rebuilt THEN 'rebuild' ELSE 'drop' END,
                array_to_string(change.dropped, ', '), freshet.name_of(relation)
            USING ERRCODE = '2BP01', DETAIL = array_to_string(users, E'\n'), HINT = 'Change or drop these first, or keep the columns that they read, with their types, and add new ones at the end.';
    END IF;
    IF change.dropped <> '{}' AND EXISTS (SELECT FROM pg_depend p WHERE p.classid = 'pg_proc'::regclass AND p.refclassid = 'pg_class'::regclass
                                            AND p.refobjid = relation AND p.refobjsubid > 0) THEN
        PERFORM freshet.require_full(r, 'capture_changed') FROM freshet.readers(relation) r;
        PERFORM freshet.drop_capture(relation);
    END IF;
    IF change.rebuilt THEN
        PERFORM freshet.empty_stream_table(relation);
    END IF;
    actions := ARRAY(SELECT format('DROP COLUMN %I', c) FROM unnest(change.dropped) c)
            || ARRAY(SELECT format('ADD COLUMN %I %s', n.name, n.type) FROM freshet.columns_of(view) n WHERE n.name = ANY (change.added) ORDER BY n.place);
    EXECUTE format('ALTER TABLE %s %s', relation::regclass, array_to_string(actions, ', '));
    RETURN change.rebuilt;
END $$;
