-- Which object each publication of ours is. Its comment finds it after it was renamed; where somebody took that away as well, a
-- second one was made and the first was left behind, with our tables in it. Bookkeeping of this database, not projected: in a restored
-- dump ids are others, so a row counts only where it was written.
CREATE TABLE freshet.publication_object (
    publication       text   PRIMARY KEY,
    pubid             oid    NOT NULL,
    database_oid      oid    NOT NULL,
    system_identifier bigint NOT NULL
);
COMMENT ON TABLE freshet.publication_object IS 'The object that each publication of stream tables is, whatever it is called now.';
REVOKE ALL ON freshet.publication_object FROM PUBLIC;

CREATE FUNCTION freshet.note_publication(publication text) RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    INSERT INTO freshet.publication_object AS o (publication, pubid, database_oid, system_identifier)
    SELECT note_publication.publication, p.oid, d.oid, c.system_identifier
      FROM pg_publication AS p, pg_database AS d, pg_control_system() AS c
     WHERE p.pubname = note_publication.publication AND d.datname = current_database()
    ON CONFLICT ON CONSTRAINT publication_object_pkey DO UPDATE
       SET pubid = excluded.pubid, database_oid = excluded.database_oid, system_identifier = excluded.system_identifier;
END;
COMMENT ON FUNCTION freshet.note_publication(text) IS 'Notes which object a publication of ours is, found by its name.';
REVOKE ALL ON FUNCTION freshet.note_publication(text) FROM PUBLIC;

SELECT freshet.note_publication(d.downstream_publication_name)
  FROM (SELECT DISTINCT downstream_publication_name FROM freshet.definition WHERE downstream_publication_name IS NOT NULL) AS d;

-- The noted object; as its owner may be anybody since, the view of faults is everybody's, and the table is not.
CREATE FUNCTION freshet.noted_publication(publication text) RETURNS oid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT o.pubid FROM freshet.publication_object AS o, pg_database AS d, pg_control_system() AS c
         WHERE o.publication = noted_publication.publication AND d.datname = current_database()
           AND o.database_oid = d.oid AND o.system_identifier = c.system_identifier);

-- As before, and by what was noted.
CREATE OR REPLACE FUNCTION freshet.find_publication(publication text) RETURNS oid
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN (SELECT p.oid FROM pg_publication AS p
         WHERE p.pubname = publication
            OR p.oid = freshet.noted_publication(publication)
            OR p.pubowner = freshet.service_role() AND obj_description(p.oid, 'pg_publication') = freshet.publication_comment(publication)
         ORDER BY (p.pubname = publication) DESC, (p.oid = freshet.noted_publication(publication)) DESC NULLS LAST, p.oid LIMIT 1);

-- As before, and noted.
CREATE OR REPLACE FUNCTION freshet.create_publication(publication text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET client_min_messages = error AS $$
BEGIN
    EXECUTE format('CREATE PUBLICATION %I WITH (publish = %L, publish_via_partition_root = true)', publication, 'insert, update, delete');
    EXECUTE format('COMMENT ON PUBLICATION %I IS %L', publication, freshet.publication_comment(publication));
    PERFORM freshet.note_publication(publication);
END $$;

-- As before; a name can be taken for an argument that was left out.
CREATE OR REPLACE FUNCTION freshet.require_own_publication(publication text, role oid) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    members bigint[] := ARRAY(SELECT d.pgt_id FROM freshet.definition AS d
                               WHERE d.downstream_publication_name = require_own_publication.publication ORDER BY d.pgt_id);
    member bigint;
BEGIN
    IF publication ~ '^\s*$' THEN
        RAISE EXCEPTION 'the name of the publication is empty'
            USING ERRCODE = '22023', HINT = 'Leave the second argument out for a publication of its own, or pass a name that freshet.stream_table_to_publication() has returned.';
    ELSIF members = '{}' AND EXISTS (SELECT FROM pg_publication AS p WHERE p.pubname = publication) THEN
        RAISE EXCEPTION 'publication % is not one of stream tables', publication
            USING ERRCODE = '42809', HINT = 'Pass a name that freshet.stream_table_to_publication() has returned, or none for a publication of its own.';
    ELSIF members = '{}' THEN
        RAISE EXCEPTION 'publication % does not exist', publication
            USING ERRCODE = '42704', HINT = 'Publish the first stream table without a name; the name that is returned can be passed for others.';
    END IF;
    FOREACH member IN ARRAY members LOOP
        IF NOT freshet.may_command(member, role) THEN
            RAISE EXCEPTION 'must be owner of every stream table in publication %', publication
                USING ERRCODE = '42501', HINT = 'Publish this one without a name; it gets a publication of its own.';
        END IF;
    END LOOP;
END $$;

-- As before, and its comment with its name.
CREATE OR REPLACE FUNCTION freshet.mend_fault(fault freshet.pgt_publication_faults) RETURNS void
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
