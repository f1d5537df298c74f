-- The buffers of a new generation, and the view that reads both of them. Nothing writes into them before
-- freshet.write_capture_functions.
CREATE FUNCTION freshet.create_generation(source oid, number int, columns jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    stored  text;
    shown   text;
    named   text;
    virtual text;
    name    text := format('%s_%s', source, number);
    half    text;
BEGIN
    SELECT string_agg(format(', c%s %s%s', c.attnum, c.type, ' COLLATE ' || c."collation"), '' ORDER BY c.attnum)
               FILTER (WHERE c.generated IS NULL),
           string_agg(CASE WHEN c.generated IS NULL THEN format(', b.c%s%s', c.attnum, '::' || c.domain || format(' AS c%s', c.attnum))
                           ELSE format(', v.c%s', c.attnum) END, '' ORDER BY c.attnum),
           string_agg(format('b.c%s%s AS %I', c.attnum, '::' || c.domain, a.attname), ', ') FILTER (WHERE c.generated IS NULL),
           string_agg(format('(%s) AS c%s', pg_get_expr(e.adbin, source), c.attnum), ', ') FILTER (WHERE c.generated IS NOT NULL)
    INTO stored, shown, named, virtual
    FROM jsonb_to_recordset(columns) AS c (attnum int2, type text, "collation" text, domain text, generated text)
    JOIN pg_attribute a ON a.attrelid = source AND a.attnum = c.attnum
    LEFT JOIN pg_attrdef e ON e.adrelid = source AND e.adnum = c.attnum;
    FOREACH half IN ARRAY ARRAY['a', 'b'] LOOP
        EXECUTE format('CREATE TABLE freshet_buffer.b_%s_%s (xid xid8 NOT NULL DEFAULT pg_current_xact_id(), '
                       'weight smallint NOT NULL, note "char", part oid%s) WITH (autovacuum_enabled = off)', name, half, stored);
    END LOOP;
    EXECUTE format('CREATE VIEW freshet_buffer.changes_%1$s AS SELECT b.xid, b.weight, b.note, b.part%2$s FROM ('
                   'SELECT * FROM freshet_buffer.b_%1$s_a UNION ALL SELECT * FROM freshet_buffer.b_%1$s_b) AS b%3$s',
                   name, shown, ' CROSS JOIN LATERAL (SELECT ' || virtual || ' FROM (SELECT ' || named || ') AS s) AS v');
    INSERT INTO freshet.capture (source_relid, generation, row_triggers, columns, buffer_a, buffer_b, changes)
    VALUES (source, number, freshet.needs_row_triggers(source), columns, format('freshet_buffer.b_%s_a', name)::regclass,
            format('freshet_buffer.b_%s_b', name)::regclass, format('freshet_buffer.changes_%s', name)::regclass);
    UPDATE freshet.capture c SET superseded = true, switched_at = pg_current_snapshot()
    WHERE c.source_relid = source AND c.generation < number AND NOT c.superseded;
    -- Column access of the past would stand in the way of dropping a column that nobody captures any more.
    PERFORM freshet.drop_column_access(source, c.generation) FROM freshet.capture c
    WHERE c.source_relid = source AND c.generation < number;
    PERFORM freshet.write_column_access(source, number, columns, source);
END
$body$;

-- What is left on tables that have ceased to be partitions or children: their changes are no longer the source's.
CREATE FUNCTION freshet.drop_strays(source oid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    stray record;
    f     regprocedure;
BEGIN
    FOR stray IN SELECT t.tgname, t.tgrelid::regclass AS relation, t.tgfoid::regprocedure AS function,
                        p.proname = format('capture_%s', source) AS shared, pg_has_role(c.relowner, 'USAGE') AS owned
                 FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_class c ON c.oid = t.tgrelid
                 WHERE p.pronamespace = 'freshet_buffer'::regnamespace AND p.proname ~ format(E'^capture_%s(_\\d+)?$', source)
                   AND t.tgrelid NOT IN (SELECT member FROM freshet.capture_members(source)) LOOP
        IF stray.owned THEN
            EXECUTE format('DROP TRIGGER %I ON %s', stray.tgname, stray.relation);
        ELSIF NOT stray.shared THEN
            EXECUTE format('DROP FUNCTION IF EXISTS %s CASCADE', stray.function);
        END IF;
    END LOOP;
    -- Functions of their own would keep them from being dropped.
    FOR f IN SELECT p.oid FROM pg_proc p
             WHERE p.pronamespace = 'freshet_buffer'::regnamespace
               AND p.proname ~ format(E'^(cols_%1$s_\\d+|capture_%1$s)_\\d+$', source)
               AND substring(p.proname FROM E'\\d+$')::oid NOT IN (SELECT member FROM freshet.capture_members(source))
               AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgfoid = p.oid) LOOP
        EXECUTE format('DROP FUNCTION %s', f);
    END LOOP;
END
$body$;

-- The triggers. The first statement waits for the source's writers and holds further ones off until COMMIT.
CREATE FUNCTION freshet.create_capture_triggers(source oid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    s       freshet.capture_source;
    m       record;
    t       record;
    trigger text;
BEGIN
    SELECT * INTO STRICT s FROM freshet.capture_source c WHERE c.source_relid = source;
    FOR m IN SELECT member, is_partition, freshet.capture_suffix(source, member) AS suffix
             FROM freshet.capture_members(source) ORDER BY member <> source, member LOOP
        FOR t IN
            SELECT * FROM (VALUES
                ('insert',   'INSERT', 'REFERENCING NEW TABLE AS __n FOR EACH STATEMENT', NULL, NOT s.row_triggers),
                ('update',   'UPDATE', 'REFERENCING OLD TABLE AS __o NEW TABLE AS __n FOR EACH STATEMENT', NULL, NOT s.row_triggers),
                ('delete',   'DELETE', 'REFERENCING OLD TABLE AS __o FOR EACH STATEMENT', NULL, NOT s.row_triggers),
                ('truncate', 'TRUNCATE', 'FOR EACH STATEMENT', 'ALWAYS', true),
                -- Logical apply fires row triggers only; enabled for it alone, or every change would be captured twice.
                ('replica',  'INSERT OR UPDATE OR DELETE', 'FOR EACH ROW', 'REPLICA', NOT s.row_triggers AND s.replica),
                -- PostgreSQL clones it to partitions, with its firing mode.
                ('row',      'INSERT OR UPDATE OR DELETE', 'FOR EACH ROW', 'ALWAYS',
                             s.row_triggers AND (m.member = source OR m.suffix <> ''))
            ) AS kind (name, events, clause, fires, wanted)
            WHERE kind.wanted
        LOOP
            trigger := format('freshet_capture_%s_%s', source, t.name);
            EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER %s ON %s %s EXECUTE FUNCTION freshet_buffer.capture_%s%s()',
                           trigger, t.events, m.member::regclass, t.clause, source, m.suffix);
            IF s.replica AND t.fires IS NOT NULL THEN
                EXECUTE format('ALTER TABLE %s ENABLE %s TRIGGER %I', m.member::regclass, t.fires, trigger);
            END IF;
        END LOOP;
    END LOOP;
END
$body$;

-- Whether every change since the capture was installed went through it.
CREATE FUNCTION freshet.capture_is_whole(source oid) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT EXISTS (
        SELECT FROM freshet.capture_source s JOIN pg_class c ON c.oid = s.source_relid
        WHERE s.source_relid = source
          AND s.mark = freshet.capture_mark(source)
          AND s.row_triggers = freshet.needs_row_triggers(source)
          AND s.replica = pg_has_role(c.relowner, 'USAGE'));
END;

-- Makes sure that the changes of these attributes are captured. Idempotent; call it in a READ COMMITTED transaction of
-- its own with a lock_timeout. A change of columns is a new generation: a live buffer is never altered, since that
-- would queue behind the writers, and writers of the old function would leave NULLs.
CREATE FUNCTION freshet.ensure_capture(source oid, attnums int2[], bytes_max bigint, rows_max bigint,
    OUT outcome text, OUT generation int, OUT code text, OUT sentence text, OUT hint text)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    g      freshet.capture;
    wanted jsonb;
    owned  boolean;
    whole  boolean;
    modes  boolean;
BEGIN
    SELECT o.* INTO code, sentence, hint FROM freshet.capture_obstacle(source, attnums) AS o;
    IF FOUND THEN
        outcome := 'not_possible';
        RETURN;
    END IF;
    wanted := freshet.capture_columns(source, attnums);
    g := freshet.current_generation(source);
    IF g.columns @> wanted AND freshet.capture_is_whole(source) AND EXISTS (
            SELECT FROM freshet.capture_source s WHERE s.source_relid = source
                AND (s.bytes_max, s.rows_max) = (ensure_capture.bytes_max, ensure_capture.rows_max)) THEN
        outcome := 'already_there';
        generation := g.generation;
        RETURN;
    END IF;
    outcome := 'installed';
    SELECT pg_has_role(c.relowner, 'USAGE') INTO owned FROM pg_class c WHERE c.oid = source;
    modes := freshet.needs_row_triggers(source);
    INSERT INTO freshet.capture_source (source_relid, row_triggers, replica, bytes_max, rows_max, continuity, mark)
    VALUES (source, modes, owned, bytes_max, rows_max, nextval('freshet.capture_continuity'), '') ON CONFLICT DO NOTHING;
    PERFORM FROM freshet.capture_source s WHERE s.source_relid = source FOR UPDATE;
    IF owned THEN
        EXECUTE format('LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE', source::regclass);
    END IF;
    -- What is true now stays so until COMMIT. Who does not own the table cannot lock it except by touching a trigger.
    whole := owned AND freshet.capture_is_whole(source);
    g := freshet.current_generation(source);
    IF NOT whole AND EXISTS (SELECT FROM freshet.capture_source s WHERE s.source_relid = source AND s.row_triggers <> modes) THEN
        PERFORM freshet.drop_capture_functions(source);
    END IF;
    UPDATE freshet.capture_source s
    SET row_triggers = modes, replica = owned, bytes_max = ensure_capture.bytes_max, rows_max = ensure_capture.rows_max,
        continuity = CASE WHEN whole THEN s.continuity ELSE nextval('freshet.capture_continuity') END
    WHERE s.source_relid = source;
    IF to_regclass(format('freshet_buffer.fuse_%s', source)) IS NULL THEN
        EXECUTE format('CREATE SEQUENCE freshet_buffer.fuse_%s CACHE 16', source);
    END IF;
    IF g.columns @> wanted IS NOT TRUE THEN
        wanted := freshet.capture_columns(source, attnums || ARRAY(
            SELECT unnest(d.columns_used) FROM freshet.dependency d WHERE d.source_relid = source AND d.cdc_mode = 'trigger'));
        PERFORM freshet.create_generation(source,
            1 + coalesce((SELECT max(c.generation) FROM freshet.capture c WHERE c.source_relid = source), 0), wanted);
        g := freshet.current_generation(source);
    END IF;
    generation := g.generation;
    PERFORM freshet.write_capture_functions(source);
    IF NOT whole THEN
        PERFORM freshet.drop_strays(source);
        PERFORM freshet.create_capture_triggers(source);
    END IF;
    UPDATE freshet.capture_source s SET mark = freshet.capture_mark(source) WHERE s.source_relid = source;
END
$body$;
