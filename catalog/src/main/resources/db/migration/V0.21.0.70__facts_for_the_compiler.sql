-- What the delta compiler asks of the catalog, and what it needs to keep stages.

-- attnotnull alone is true for a NOT NULL … NOT VALID over rows with NULLs (PostgreSQL 18).
CREATE FUNCTION freshet.not_null_is_valid(relation oid, attribute int2) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT NOT EXISTS (SELECT FROM pg_catalog.pg_constraint c
                       WHERE c.conrelid = relation AND c.contype = 'n' AND NOT c.convalidated
                         AND attribute = ANY (c.conkey))
$$;

-- The type under a domain, under a domain, …
CREATE FUNCTION freshet.base_type(declared oid) RETURNS oid
LANGUAGE sql STABLE AS $$
    WITH RECURSIVE layer (oid, base, domain) AS (
        SELECT t.oid, t.typbasetype, t.typtype = 'd' FROM pg_catalog.pg_type t WHERE t.oid = declared
        UNION ALL
        SELECT t.oid, t.typbasetype, t.typtype = 'd' FROM layer l JOIN pg_catalog.pg_type t ON t.oid = l.base WHERE l.domain
    )
    SELECT l.oid FROM layer l WHERE NOT l.domain
$$;

-- Names of an index's key columns, without INCLUDEd ones.
CREATE FUNCTION freshet.key_columns(index oid) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT jsonb_agg(a.attname ORDER BY k.place)
    FROM pg_catalog.pg_index i,
         unnest(i.indkey) WITH ORDINALITY AS k (attnum, place)
    JOIN pg_catalog.pg_attribute a ON a.attnum = k.attnum
    WHERE i.indexrelid = index AND a.attrelid = i.indrelid AND k.place <= i.indnkeyatts
$$;

-- Gives a kept relation the primary key that its query was found to have; another one of ours goes.
CREATE FUNCTION freshet.set_up_key(relation regclass, key text[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    existing name;
    columns  jsonb;
BEGIN
    SELECT c.conname, freshet.key_columns(c.conindid) INTO existing, columns
    FROM pg_catalog.pg_constraint c WHERE c.conrelid = relation AND c.contype = 'p';
    IF existing IS NOT NULL AND columns = to_jsonb(key) THEN
        RETURN;
    END IF;
    IF existing IS NOT NULL THEN
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', relation, existing);
    END IF;
    IF array_length(key, 1) > 0 THEN
        EXECUTE format('ALTER TABLE %s ADD PRIMARY KEY (%s)', relation,
                       (SELECT string_agg(quote_ident(k.name), ', ' ORDER BY k.place)
                        FROM unnest(key) WITH ORDINALITY AS k (name, place)));
        EXECUTE format('ALTER TABLE %s REPLICA IDENTITY DEFAULT', relation);
    ELSE
        EXECUTE format('ALTER TABLE %s REPLICA IDENTITY FULL', relation);
    END IF;
END $$;

-- Groups are updated in place: with room on their pages they stay on them, and no index is written. Who has set it himself
-- knows better.
CREATE FUNCTION freshet.set_up_room(relation regclass) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_class AS c CROSS JOIN LATERAL pg_catalog.pg_options_to_table(c.reloptions) AS o
                    WHERE c.oid = relation AND o.option_name = 'fillfactor') THEN
        EXECUTE format('ALTER TABLE %s SET (fillfactor = 70)', relation);
    END IF;
END $$;

-- Keeps the changes of a stage for the stages after it: they read those of their own transaction.
CREATE FUNCTION freshet.set_up_stage(relation regclass, changes text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    columns text := (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)
                     FROM pg_catalog.pg_attribute a WHERE a.attrelid = relation AND a.attnum > 0 AND NOT a.attisdropped);
    event record;
BEGIN
    EXECUTE format('CREATE TABLE IF NOT EXISTS freshet_state.%I (xid xid8 NOT NULL DEFAULT pg_current_xact_id(), weight smallint NOT NULL, LIKE %s)',
                   changes, relation);
    FOR event IN
        SELECT * FROM (VALUES ('insert', 'NEW TABLE AS __new', format('SELECT 1, %1$s FROM __new', columns)),
                              ('delete', 'OLD TABLE AS __old', format('SELECT -1, %1$s FROM __old', columns)),
                              ('update', 'OLD TABLE AS __old NEW TABLE AS __new',
                               format('SELECT -1, %1$s FROM __old UNION ALL SELECT 1, %1$s FROM __new', columns))) AS e (name, tables, source)
    LOOP
        EXECUTE format('CREATE OR REPLACE FUNCTION freshet_state.%I() RETURNS trigger LANGUAGE plpgsql AS %L',
                       changes || '_' || event.name,
                       format('BEGIN INSERT INTO freshet_state.%I (weight, %s) %s; RETURN NULL; END', changes, columns, event.source));
        EXECUTE format('CREATE OR REPLACE TRIGGER freshet_%s AFTER %s ON %s REFERENCING %s FOR EACH STATEMENT EXECUTE FUNCTION freshet_state.%I()',
                       event.name, event.name, relation, event.tables, changes || '_' || event.name);
    END LOOP;
END $$;

-- Forgets the changes of earlier refreshes: those of this one are not written yet.
CREATE FUNCTION freshet.trim_stage(changes regclass) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF pg_relation_size(changes) > 1048576 THEN
        EXECUTE format('TRUNCATE %s', changes);
    ELSIF pg_relation_size(changes) > 0 THEN
        EXECUTE format('DELETE FROM %s', changes);
    END IF;
END $$;

-- Drops the inner stages of a stream table but for those given.
CREATE FUNCTION freshet.drop_stages(stream_table bigint, kept text[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    stage record;
BEGIN
    FOR stage IN
        SELECT c.oid::regclass AS relation
        FROM pg_catalog.pg_class c
        WHERE c.relnamespace = 'freshet_state'::regnamespace AND c.relkind = 'r'
          AND c.relname LIKE format(E's%s\\_%%', stream_table)
          AND c.relname <> ALL (kept) AND regexp_replace(c.relname, '_d$', '') <> ALL (kept)
    LOOP
        EXECUTE format('DROP TABLE %s', stage.relation);
    END LOOP;
    FOR stage IN
        SELECT p.oid::regprocedure AS function
        FROM pg_catalog.pg_proc p
        WHERE p.pronamespace = 'freshet_state'::regnamespace
          AND p.proname LIKE format(E's%s\\_%%', stream_table)
          AND regexp_replace(p.proname, '_d_(insert|update|delete)$', '') <> ALL (kept)
    LOOP
        EXECUTE format('DROP FUNCTION %s', stage.function);
    END LOOP;
END $$;

-- Gives a kept relation the index on a hash by which its rows are found; there is one of ours at most.
CREATE FUNCTION freshet.set_up_hash(relation regclass, expression text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    wanted text := 'freshet hash ' || expression;
    present record;
BEGIN
    FOR present IN
        SELECT i.indexrelid::regclass AS index, obj_description(i.indexrelid, 'pg_class') AS comment
        FROM pg_catalog.pg_index i
        WHERE i.indrelid = relation AND obj_description(i.indexrelid, 'pg_class') LIKE 'freshet hash %'
    LOOP
        IF present.comment = wanted THEN
            RETURN;
        END IF;
        EXECUTE format('DROP INDEX %s', present.index);
    END LOOP;
    EXECUTE format('CREATE INDEX ON %s ((%s))', relation, expression);
    EXECUTE format('COMMENT ON INDEX %s IS %L',
                   (SELECT max(i.indexrelid)::regclass FROM pg_catalog.pg_index i WHERE i.indrelid = relation), wanted);
END $$;

-- An index of its own on each of these columns of a stage, whose name says which query it is of: they never change.
CREATE FUNCTION freshet.set_up_lookups(relation regclass, columns text[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY columns LOOP
        IF NOT EXISTS (SELECT FROM pg_catalog.pg_index i
                        WHERE i.indrelid = relation AND NOT i.indisprimary AND freshet.key_columns(i.indexrelid) = to_jsonb(ARRAY[wanted])) THEN
            EXECUTE format('CREATE INDEX ON %s (%I)', relation, wanted);
        END IF;
    END LOOP;
END $$;

-- The delta of a recursion does not end, or not soon: then the whole query is computed, which ends as soon as it does.
CREATE FUNCTION freshet.refuse_endless_recursion() RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'the changes of a recursive query reach too many rows to be followed'
        USING ERRCODE = '54000', HINT = 'The query is computed whole instead.';
END
$$;
REVOKE ALL ON FUNCTION freshet.refuse_endless_recursion() FROM PUBLIC;
