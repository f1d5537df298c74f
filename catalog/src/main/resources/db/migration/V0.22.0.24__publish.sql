-- stream_table_to_publication and drop_stream_table_publication.

-- 'freshet_' || schema || '_' || table. Where that is longer than a name may be, is taken, or would need quotes (subscribers give the
-- names of publications unquoted, Debezium among them), it ends in a hash of the stream table's name instead.
CREATE FUNCTION freshet.publication_name(schema text, relation text, attempt int) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    bytes_max constant int := 63;
    spelled text := format('freshet_%s_%s', schema, relation);
    plain   text := regexp_replace(lower(spelled), '[^a-z0-9_]', '_', 'g');
    hash    text := left(encode(sha256(convert_to(format('%I.%I %s', schema, relation, attempt), 'UTF8')), 'hex'), 8);
BEGIN
    RETURN CASE WHEN attempt = 0 AND plain = spelled AND length(plain) <= bytes_max THEN plain
                ELSE left(plain, bytes_max - length(hash) - 1) || '_' || hash END;
END $$;
COMMENT ON FUNCTION freshet.publication_name(text, text, int) IS 'A name for the publication of a stream table; another one at each attempt.';

-- Whose publication it is to be must be allowed to make one, and the service, who makes it.
CREATE FUNCTION freshet.require_publication_right(role oid) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    grantee oid;
BEGIN
    FOREACH grantee IN ARRAY ARRAY[role, freshet.service_role()] LOOP
        IF NOT has_database_privilege(grantee, current_database(), 'CREATE') THEN
            RAISE EXCEPTION 'permission denied: role % may not create publications in database %', quote_ident(pg_get_userbyid(grantee)), quote_ident(current_database())
                USING ERRCODE = '42501', HINT = format('GRANT CREATE ON DATABASE %I TO %I;', current_database(), pg_get_userbyid(grantee));
        END IF;
    END LOOP;
END $$;

-- A publication of its own; the name of one.
CREATE FUNCTION freshet.new_publication(id bigint) RETURNS text
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    attempts_max constant int := 100;
    wanted text;
BEGIN
    FOR attempt IN 0 .. attempts_max LOOP
        wanted := (SELECT freshet.publication_name(n.nspname, c.relname, attempt)
                     FROM freshet.definition AS d JOIN pg_class AS c ON c.oid = d.relid JOIN pg_namespace AS n ON n.oid = c.relnamespace
                    WHERE d.pgt_id = id);
        -- One that was dropped behind our back is still promised to its subscribers.
        CONTINUE WHEN EXISTS (SELECT FROM freshet.definition AS d WHERE d.downstream_publication_name = wanted);
        BEGIN
            PERFORM freshet.create_publication(wanted);
            RETURN wanted;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            CONTINUE;
        END;
    END LOOP;
    RAISE EXCEPTION 'the names of publications for this stream table are taken, % of them', attempts_max
        USING ERRCODE = '42710', HINT = format('SELECT pubname FROM pg_publication WHERE pubname LIKE %L; shows them.', left(wanted, -8) || '%');
END $$;

-- One that exists, and is ours; who adds to it must be allowed to command everything in it, since its subscribers get more to follow. An empty
-- name can be taken for an argument that was left out.
CREATE FUNCTION freshet.require_own_publication(publication text, role oid) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    members bigint[] := ARRAY(SELECT d.pgt_id FROM freshet.definition AS d
                               WHERE d.downstream_publication_name = require_own_publication.publication ORDER BY d.pgt_id);
    member bigint;
BEGIN
    IF publication ~ E'^\\s*$' THEN
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

CREATE FUNCTION freshet.require_publishable(id bigint) RETURNS oid
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    relation  oid := freshet.require_table(id);
    published text := (SELECT d.downstream_publication_name FROM freshet.definition AS d WHERE d.pgt_id = id);
BEGIN
    IF published IS NOT NULL THEN
        RAISE EXCEPTION 'stream table % is already published, by publication %', freshet.name_of(relation), published
            USING ERRCODE = '42710', HINT = format('Subscribe to that one; SELECT freshet.drop_stream_table_publication(%L) ends it.', freshet.name_of(relation));
    ELSIF EXISTS (SELECT FROM pg_class AS c WHERE c.oid = relation AND c.relpersistence <> 'p') THEN
        RAISE EXCEPTION 'the table of stream table % is unlogged, and PostgreSQL publishes what is in its log', freshet.name_of(relation)
            USING ERRCODE = '55000', HINT = format('ALTER TABLE %s SET LOGGED;', freshet.name_of(relation));
    END IF;
    RETURN relation;
END $$;

-- Allowed, and yet not as it should be.
CREATE FUNCTION freshet.warn_of_publication(relation oid) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    incomparable text := freshet.column_without_equality(relation);
BEGIN
    IF current_setting('wal_level') <> 'logical' THEN
        RAISE WARNING 'wal_level is %, so that nobody can subscribe yet', current_setting('wal_level')
            USING HINT = 'ALTER SYSTEM SET wal_level = logical; and restart the server.';
    END IF;
    IF incomparable IS NOT NULL AND NOT EXISTS (SELECT FROM pg_index AS i WHERE i.indrelid = relation AND i.indisprimary) THEN
        RAISE WARNING 'stream table % has no primary key, and its column % no equality: PostgreSQL''s own subscriptions cannot follow updates and deletions',
                freshet.name_of(relation), incomparable
            USING HINT = 'Select a key that is NOT NULL, or cast the column, to jsonb or text, say. Debezium is not concerned.';
    END IF;
END $$;

CREATE FUNCTION freshet.publish_core(ticket bigint, name text, path text[], publication text) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET client_min_messages = warning AS $$
DECLARE
    role oid := freshet.take_ticket(ticket);
    id bigint := freshet.find_stream_table(name, path);
    relation oid;
    chosen text := publication;
BEGIN
    PERFORM freshet.require_owner(id, role);
    -- No refresh is half before it and half after it.
    PERFORM freshet.interrupt(id);
    relation := freshet.require_publishable(id);
    IF chosen IS NULL THEN
        PERFORM freshet.require_publication_right(role);
        chosen := freshet.new_publication(id);
    ELSE
        PERFORM freshet.lock_publication(chosen);
        PERFORM freshet.require_own_publication(chosen, role);
    END IF;
    PERFORM freshet.append('publication:' || id, 'PublicationCreated', jsonb_build_object('publication', chosen, 'added', publication IS NOT NULL));
    PERFORM pg_notify('freshet_event', '');
    PERFORM freshet.mend_publication(chosen);
    PERFORM freshet.warn_of_publication(relation);
    RETURN chosen;
EXCEPTION WHEN insufficient_privilege THEN
    IF relation IS NULL OR pg_has_role(freshet.service_role(), (SELECT c.relowner FROM pg_class AS c WHERE c.oid = relation), 'USAGE') THEN
        RAISE;
    END IF;
    RAISE EXCEPTION 'the service may not publish %: %', freshet.name_of(relation), SQLERRM
        USING ERRCODE = '42501', HINT = format('Make the service a member of the owner: GRANT %I TO %I;',
            (SELECT pg_get_userbyid(c.relowner) FROM pg_class AS c WHERE c.oid = relation), pg_get_userbyid(freshet.service_role()));
END $$;

CREATE FUNCTION freshet.stream_table_to_publication(name text, publication text DEFAULT NULL) RETURNS text
LANGUAGE sql VOLATILE RETURN freshet.publish_core(freshet.leave_ticket(), name, freshet.caller_path(), publication);
COMMENT ON FUNCTION freshet.stream_table_to_publication(text, text) IS
    'Publishes the changes of a stream table, for PostgreSQL''s subscriptions, Debezium and Kafka Connect; the publication''s name.';

-- Out of its publication, which goes with the last table in it.
CREATE FUNCTION freshet.unpublish(id bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    relation  oid;
    published text;
    existing  oid;
    named     name;
    shared    boolean;
BEGIN
    SELECT d.relid, d.downstream_publication_name INTO relation, published FROM freshet.definition AS d WHERE d.pgt_id = id;
    IF published IS NULL THEN
        RETURN;
    END IF;
    PERFORM freshet.lock_publication(published);
    existing := freshet.find_publication(published);
    named := (SELECT p.pubname FROM pg_publication AS p WHERE p.oid = existing);
    shared := EXISTS (SELECT FROM freshet.definition AS d WHERE d.downstream_publication_name = published AND d.pgt_id <> id)
           OR EXISTS (SELECT FROM pg_publication_rel AS r WHERE r.prpubid = existing AND r.prrelid <> relation);
    IF existing IS NOT NULL AND NOT shared THEN
        EXECUTE format('DROP PUBLICATION %I', named);
    ELSIF EXISTS (SELECT FROM pg_publication_rel AS r WHERE r.prpubid = existing AND r.prrelid = relation) THEN
        EXECUTE format('ALTER PUBLICATION %I DROP TABLE ONLY %s', named, relation::regclass);
    END IF;
    PERFORM freshet.append('publication:' || id, 'PublicationDropped', jsonb_build_object('publication', published, 'kept', shared));
END $$;

CREATE FUNCTION freshet.unpublish_core(ticket bigint, name text, path text[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET client_min_messages = warning AS $$
DECLARE
    role oid := freshet.take_ticket(ticket);
    id bigint := freshet.find_stream_table(name, path);
BEGIN
    PERFORM freshet.require_owner(id, role);
    PERFORM freshet.interrupt(id);
    IF NOT EXISTS (SELECT FROM freshet.definition AS d WHERE d.pgt_id = id AND d.downstream_publication_name IS NOT NULL) THEN
        RAISE EXCEPTION 'stream table % is not published', (SELECT freshet.name_of(d.relid) FROM freshet.definition AS d WHERE d.pgt_id = id)
            USING ERRCODE = '55000', HINT = 'SELECT pgt_schema, pgt_name, downstream_publication_name FROM freshet.pgt_stream_tables shows what is.';
    END IF;
    PERFORM freshet.unpublish(id);
    PERFORM pg_notify('freshet_event', '');
END $$;

CREATE FUNCTION freshet.drop_stream_table_publication(name text) RETURNS void
LANGUAGE sql VOLATILE RETURN freshet.unpublish_core(freshet.leave_ticket(), name, freshet.caller_path());
COMMENT ON FUNCTION freshet.drop_stream_table_publication(text) IS 'Ends the publication of a stream table; one that others are in goes on without it.';

REVOKE ALL ON FUNCTION freshet.require_publication_right(oid), freshet.new_publication(bigint), freshet.require_own_publication(text, oid),
    freshet.require_publishable(bigint), freshet.warn_of_publication(oid), freshet.unpublish(bigint) FROM PUBLIC;
