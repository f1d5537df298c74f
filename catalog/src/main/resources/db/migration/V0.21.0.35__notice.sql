-- What happened behind our back: stream tables renamed, moved, given away or dropped in PostgreSQL's own way, definitions that went with a
-- source dropped with CASCADE. The service asks regularly, it may not create event triggers.

CREATE FUNCTION freshet.notice_dropped() RETURNS int
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    gone bigint;
    count int := 0;
BEGIN
    FOR gone IN SELECT d.pgt_id FROM freshet.definition d WHERE NOT d.hidden AND NOT EXISTS (SELECT FROM pg_class c WHERE c.oid = d.relid) LOOP
        PERFORM freshet.drop_all_of(gone, noticed => true);
        count := count + 1;
    END LOOP;
    RETURN count;
END $$;

CREATE FUNCTION freshet.notice_renamed() RETURNS int
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    renamed record;
    count int := 0;
BEGIN
    FOR renamed IN SELECT d.pgt_id, d.relid, n.nspname, c.relname FROM freshet.definition d JOIN pg_class c ON c.oid = d.relid
                     JOIN pg_namespace n ON n.oid = c.relnamespace WHERE (n.nspname, c.relname) <> (d.pgt_schema, d.pgt_name) LOOP
        PERFORM freshet.interrupt(renamed.pgt_id);
        PERFORM freshet.comment_on(renamed.pgt_id, renamed.relid) WHERE to_regclass(format('freshet_def.st_%s', renamed.pgt_id)) IS NOT NULL;
        PERFORM freshet.append('stream_table:' || renamed.pgt_id, 'TableRenamed',
                               jsonb_build_object('pgt_schema', renamed.nspname, 'pgt_name', renamed.relname));
        count := count + 1;
    END LOOP;
    RETURN count;
END $$;

-- A table that belonged to its creator's role and was given to another one. One of the service's own keeps its creator on record.
CREATE FUNCTION freshet.notice_given_away() RETURNS int
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    given record;
    count int := 0;
BEGIN
    FOR given IN SELECT d.pgt_id, pg_get_userbyid(c.relowner) AS owner FROM freshet.definition d JOIN pg_class c ON c.oid = d.relid
                  WHERE NOT d.hidden AND c.relowner <> freshet.service_role() AND pg_get_userbyid(c.relowner) <> d.owner LOOP
        PERFORM freshet.interrupt(given.pgt_id);
        PERFORM freshet.append('stream_table:' || given.pgt_id, 'StreamTableAltered', jsonb_build_object('owner', given.owner));
        count := count + 1;
    END LOOP;
    RETURN count;
END $$;

CREATE FUNCTION freshet.notice_lost_definitions() RETURNS int
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    lost record;
    count int := 0;
BEGIN
    FOR lost IN SELECT DISTINCT freshet.visible_parent(d.pgt_id) AS pgt_id FROM freshet.definition d
                 WHERE d.view_relid IS NOT NULL AND NOT EXISTS (SELECT FROM pg_class c WHERE c.oid = d.view_relid) LOOP
        PERFORM freshet.interrupt(lost.pgt_id);
        PERFORM freshet.drop_state(lost.pgt_id);
        PERFORM freshet.drop_definition_view(lost.pgt_id);
        PERFORM freshet.lose_definition(lost.pgt_id, '42P01', format(
            'a relation or column that the query reads was dropped with CASCADE; the rows are those of the last refresh. The query was: %s',
            (SELECT left(d.original_query, 500) FROM freshet.definition d WHERE d.pgt_id = lost.pgt_id)));
        count := count + 1;
    END LOOP;
    RETURN count;
END $$;

CREATE FUNCTION freshet.notice_catalog_changes() RETURNS int
LANGUAGE sql VOLATILE
BEGIN ATOMIC
    SELECT freshet.notice_dropped() + freshet.notice_renamed() + freshet.notice_given_away() + freshet.notice_lost_definitions();
END;
COMMENT ON FUNCTION freshet.notice_catalog_changes() IS 'Appends events for what others did to stream tables; how many. For the service.';
REVOKE ALL ON FUNCTION freshet.notice_dropped(), freshet.notice_renamed(), freshet.notice_given_away(), freshet.notice_lost_definitions(),
    freshet.notice_catalog_changes() FROM PUBLIC;
