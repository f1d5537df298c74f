-- Makes publications what the catalog says. ALTER only, whatever can be altered: a subscriber reads a publication by its name in the
-- catalogs as they were at each change, and one that was dropped and made again ends its stream, or loses what came between.

-- Without PostgreSQL's warning of wal_level: the command gives one that says what to do.
CREATE FUNCTION freshet.create_publication(publication text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET client_min_messages = error AS $$
BEGIN
    EXECUTE format('CREATE PUBLICATION %I WITH (publish = %L, publish_via_partition_root = true)', publication, 'insert, update, delete');
    EXECUTE format('COMMENT ON PUBLICATION %I IS %L', publication, freshet.publication_comment(publication));
    PERFORM freshet.note_publication(publication);
END $$;

-- Renamed, it gets its comment back with its name.
CREATE FUNCTION freshet.mend_fault(fault freshet.pgt_publication_faults) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    relation oid := (SELECT d.relid FROM freshet.definition AS d WHERE d.pgt_id = fault.pgt_id);
BEGIN
    CASE fault.fault
        WHEN 'dropped' THEN
            PERFORM freshet.create_publication(fault.publication);
        WHEN 'renamed' THEN
            EXECUTE format('ALTER PUBLICATION %I RENAME TO %I',
                           (SELECT p.pubname FROM pg_publication AS p WHERE p.oid = freshet.find_publication(fault.publication)), fault.publication);
            EXECUTE format('COMMENT ON PUBLICATION %I IS %L', fault.publication, freshet.publication_comment(fault.publication));
            PERFORM freshet.note_publication(fault.publication);
        WHEN 'owner' THEN
            EXECUTE format('ALTER PUBLICATION %I OWNER TO %I', fault.publication, pg_get_userbyid(freshet.service_role()));
        WHEN 'all_tables' THEN
            RAISE EXCEPTION 'publication % is now one of all tables', fault.publication
                USING ERRCODE = '55000', HINT = format('DROP PUBLICATION %I; the service makes the one that it should be.', fault.publication);
        WHEN 'operations' THEN
            EXECUTE format('ALTER PUBLICATION %I SET (publish = %L, publish_via_partition_root = true)', fault.publication, 'insert, update, delete');
        WHEN 'removed' THEN
            EXECUTE format('ALTER PUBLICATION %I ADD TABLE ONLY %s', fault.publication, relation::regclass);
        WHEN 'restricted' THEN
            EXECUTE format('ALTER PUBLICATION %I DROP TABLE ONLY %s', fault.publication, relation::regclass);
            EXECUTE format('ALTER PUBLICATION %I ADD TABLE ONLY %s', fault.publication, relation::regclass);
        WHEN 'identity' THEN
            PERFORM freshet.set_replica_identity(relation);
    END CASE;
END $$;

-- The publication as the catalog has it, and what was mended.
CREATE FUNCTION freshet.mend_publication(publication text) RETURNS text[]
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    faults freshet.pgt_publication_faults[];
    found  freshet.pgt_publication_faults;
    mended text[] := '{}';
BEGIN
    PERFORM freshet.lock_publication(publication);
    -- All at first: what is made anew has no table in it.
    faults := ARRAY(SELECT f FROM freshet.pgt_publication_faults AS f WHERE f.publication = mend_publication.publication ORDER BY f.rank, f.pgt_id);
    FOREACH found IN ARRAY faults LOOP
        PERFORM freshet.mend_fault(found);
        mended := mended || (found.fault || coalesce(' ' || (SELECT freshet.name_of(d.relid) FROM freshet.definition AS d WHERE d.pgt_id = found.pgt_id), ''));
    END LOOP;
    RETURN mended;
END $$;

-- One publication whose drift was noticed, with the event and the alert. No refresh is half before it and half after it; and none is
-- cancelled for it, as for a command: what cannot be mended is tried again and again.
CREATE FUNCTION freshet.repair_publication(publication text) RETURNS text[]
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET client_min_messages = warning AS $$
DECLARE
    members bigint[] := ARRAY(SELECT d.pgt_id FROM freshet.definition AS d
                               WHERE d.downstream_publication_name = repair_publication.publication ORDER BY d.pgt_id);
    member  bigint;
    mended  text[];
BEGIN
    FOREACH member IN ARRAY members LOOP
        PERFORM FROM freshet.definition AS d WHERE d.pgt_id = member FOR UPDATE;
        IF NOT pg_try_advisory_xact_lock_shared(1718775923, member::int) THEN
            RAISE EXCEPTION 'a refresh of a stream table in publication % is running', publication
                USING ERRCODE = '55P03', HINT = 'It is tried again.';
        END IF;
    END LOOP;
    mended := freshet.mend_publication(publication);
    IF mended <> '{}' THEN
        FOREACH member IN ARRAY members LOOP
            PERFORM freshet.append('publication:' || member, 'PublicationRepaired',
                                   jsonb_build_object('publication', publication, 'faults', mended));
            PERFORM freshet.alert('publication_repaired', 'warning', member, jsonb_build_object('publication', publication, 'faults', mended,
                'hint', 'Changes made meanwhile may not have reached subscribers; have them copy the table again.'));
        END LOOP;
    END IF;
    RETURN mended;
END $$;

-- For the service: every publication that is not what it should be, with what was mended, or why it could not be.
CREATE FUNCTION freshet.repair_publications() RETURNS TABLE (publication text, mended text[], error_code text, error_message text, error_hint text)
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    broken text;
BEGIN
    FOR broken IN SELECT DISTINCT f.publication FROM freshet.pgt_publication_faults AS f ORDER BY f.publication LOOP
        publication := broken;
        mended := '{}';
        error_code := NULL;
        error_message := NULL;
        error_hint := NULL;
        BEGIN
            mended := freshet.repair_publication(broken);
        EXCEPTION WHEN OTHERS THEN
            GET STACKED DIAGNOSTICS error_code = RETURNED_SQLSTATE, error_message = MESSAGE_TEXT, error_hint = PG_EXCEPTION_HINT;
        END;
        RETURN NEXT;
    END LOOP;
END $$;
COMMENT ON FUNCTION freshet.repair_publications() IS 'Mends publications of stream tables that somebody has changed. For the service.';

REVOKE ALL ON FUNCTION freshet.create_publication(text), freshet.mend_fault(freshet.pgt_publication_faults), freshet.mend_publication(text),
    freshet.repair_publication(text), freshet.repair_publications() FROM PUBLIC;
