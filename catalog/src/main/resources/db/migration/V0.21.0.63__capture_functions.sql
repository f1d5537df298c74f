-- The generation whose buffers take the changes now; none where somebody dropped what it is made of.
CREATE FUNCTION freshet.current_generation(source oid) RETURNS freshet.capture LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT c FROM freshet.capture c
    WHERE c.source_relid = source AND NOT c.superseded
      AND to_regclass(format('freshet_buffer.changes_%s_%s', source, c.generation)) = c.changes
      AND (c.columns = '[]' OR to_regproc(format('freshet_buffer.cols_%s_%s', source, c.generation)) IS NOT NULL)
    ORDER BY c.generation DESC LIMIT 1;
END;

-- The name suffix of what belongs to a member: partitions share their root's functions, inheritance children, whose
-- rows PostgreSQL stops converting the moment they cease to inherit, have their own.
CREATE FUNCTION freshet.capture_suffix(source oid, member oid) RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT CASE WHEN member = source OR (SELECT c.relkind = 'p' FROM pg_class c WHERE c.oid = source) THEN ''
                ELSE '_' || member END;
END;

-- Column access by attribute: an atomic body follows renames, so that no rename stops a writer.
-- A lone column has company: a function that returns one column of a composite type returns that type's fields.
CREATE FUNCTION freshet.write_column_access(source oid, generation int, columns jsonb, member oid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    -- The row has a name, since pg_dump writes one without as "", which nobody can restore.
    access text := format('freshet_buffer.cols_%s_%s%s', source, generation, freshet.capture_suffix(source, member));
    shape  text;
    reads  text;
BEGIN
    SELECT string_agg(format('c%s %s', c.attnum, c.type), ', ' ORDER BY c.attnum) || CASE WHEN count(*) = 1 THEN ', company bool' ELSE '' END,
           string_agg(format('(__row).%I', mine.attname), ', ' ORDER BY c.attnum) || CASE WHEN count(*) = 1 THEN ', true' ELSE '' END
    INTO shape, reads
    FROM jsonb_to_recordset(columns) AS c (attnum int2, type text, generated text)
    JOIN pg_attribute parent ON parent.attrelid = source AND parent.attnum = c.attnum
    JOIN pg_attribute mine ON mine.attrelid = member AND mine.attname = parent.attname AND NOT mine.attisdropped
    WHERE c.generated IS NULL;
    IF shape IS NOT NULL THEN
        EXECUTE format('CREATE OR REPLACE FUNCTION %s(__row %s) RETURNS TABLE (%s) LANGUAGE sql STABLE BEGIN ATOMIC SELECT %s; END',
                       access, member::regclass, shape, reads);
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', access);
    END IF;
END
$body$;

-- The body of a capture function: what the user's writers execute. It names its buffer, so that rotating is replacing
-- it. It raises nothing: whatever cannot be recorded becomes a gap row, and a gap means FULL. Names, not object ids: it must
-- work in a database that is restored from a dump, whether we are there or not.
CREATE FUNCTION freshet.capture_body(source oid, member oid) RETURNS text LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    s       freshet.capture_source;
    g       freshet.capture := freshet.current_generation(source);
    access  text;
    targets text;
    named   text;
    body    text := $template$
DECLARE
    -- Counts this session's statements; the sequence hands out sixteen numbers at a time. Asking for the buffer's size
    -- costs more than the rest of the fuse, so it is asked at the first of them; once blown, numbers are above 2^62.
    n   bigint := nextval('{fuse}'::regclass);
    gap boolean := false;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        INSERT INTO {buffer} (weight, note) VALUES (0, 't');
        RETURN NULL;
    END IF;
{unseen}    IF n & 15 = 1 OR n >= 4611686018427387904 THEN
        gap := pg_relation_size('{buffer}'::regclass) > {bytes_max};
        IF gap <> (n >= 4611686018427387904) THEN
            PERFORM setval('{fuse}'::regclass, CASE WHEN gap THEN 4611686018427387904 ELSE 16 END);
        END IF;
    END IF;
    -- The column access goes away with a captured column that is dropped with CASCADE.
    gap := gap OR {access_gone};
    IF NOT gap THEN
        IF TG_LEVEL = 'STATEMENT' THEN
            IF TG_OP = 'INSERT' THEN
                INSERT INTO {buffer} (weight{targets})
                SELECT 1::smallint{values} FROM __n{from_new} LIMIT {rows_max} + 1;
            ELSIF TG_OP = 'UPDATE' THEN
                INSERT INTO {buffer} (weight{targets})
                SELECT (-1)::smallint{values} FROM __o{from_old}
                UNION ALL
                SELECT 1::smallint{values} FROM __n{from_new} LIMIT 2 * {rows_max} + 1;
            ELSE
                INSERT INTO {buffer} (weight{targets})
                SELECT (-1)::smallint{values} FROM __o{from_old} LIMIT {rows_max} + 1;
            END IF;
            GET DIAGNOSTICS n = ROW_COUNT;
            -- After a large statement, sixteen more of its kind would be too many.
            IF n > 10000 AND pg_relation_size('{buffer}'::regclass) > {bytes_max} THEN
                PERFORM setval('{fuse}'::regclass, 4611686018427387904);
            END IF;
            gap := n > CASE TG_OP WHEN 'UPDATE' THEN 2 ELSE 1 END * {rows_max}::bigint;
        ELSE
            -- The table that holds the row: should it cease to be the source's, its rows go without a trigger.
            IF TG_OP <> 'INSERT' THEN
                INSERT INTO {buffer} (weight, part{targets}) SELECT (-1)::smallint, TG_RELID{values}{row_old};
            END IF;
            IF TG_OP <> 'DELETE' THEN
                INSERT INTO {buffer} (weight, part{targets}) SELECT 1::smallint, TG_RELID{values}{row_new};
            END IF;
        END IF;
    END IF;
    IF gap THEN
        -- One gap row a transaction suffices; looking for it among the last pages only keeps that cheap.
        n := greatest(pg_relation_size('{buffer}'::regclass) / current_setting('block_size')::bigint - 8, 0);
        INSERT INTO {buffer} (weight, note)
        SELECT 0, 'g' WHERE NOT EXISTS (
            SELECT FROM {buffer} b
            WHERE b.ctid >= format('(%s,0)', n)::tid AND b.xid = pg_current_xact_id() AND b.note = 'g');
    END IF;
    RETURN NULL;
END
$template$;
BEGIN
    SELECT * INTO STRICT s FROM freshet.capture_source c WHERE c.source_relid = source;
    access := format('freshet_buffer.cols_%s_%s%s', source, g.generation, freshet.capture_suffix(source, member));
    SELECT string_agg(format(', c%s', c.attnum), '' ORDER BY c.attnum), string_agg(format(', c.c%s', c.attnum), '' ORDER BY c.attnum)
    INTO targets, named
    FROM jsonb_to_recordset(g.columns) AS c (attnum int2, generated text) WHERE c.generated IS NULL;
    -- With the star it is the whole row, even where a column of it has the same name.
    body := replace(body, '{from_new}', CASE WHEN targets IS NULL THEN '' ELSE format(', LATERAL %s(__n.*) AS c', access) END);
    body := replace(body, '{from_old}', CASE WHEN targets IS NULL THEN '' ELSE format(', LATERAL %s(__o.*) AS c', access) END);
    body := replace(body, '{row_new}', CASE WHEN targets IS NULL THEN '' ELSE format(' FROM %s(NEW) AS c', access) END);
    body := replace(body, '{row_old}', CASE WHEN targets IS NULL THEN '' ELSE format(' FROM %s(OLD) AS c', access) END);
    -- Without columns an update changes nothing that anybody reads.
    body := replace(body, '{unseen}', CASE WHEN targets IS NULL THEN E'    IF TG_OP = ''UPDATE'' THEN\n        RETURN NULL;\n    END IF;\n' ELSE '' END);
    body := replace(body, '{values}', coalesce(named, ''));
    body := replace(body, '{targets}', coalesce(targets, ''));
    body := replace(body, '{buffer}', format('freshet_buffer.b_%s_%s_%s', source, g.generation, g.active));
    body := replace(body, '{fuse}', format('freshet_buffer.fuse_%s', source));
    body := replace(body, '{bytes_max}', s.bytes_max::text);
    body := replace(body, '{rows_max}', s.rows_max::text);
    -- Without columns there is no access to lose.
    RETURN replace(body, '{access_gone}', CASE WHEN targets IS NULL THEN 'false' ELSE format('to_regproc(%L) IS NULL', access) END);
END
$body$;

-- Points the capture functions of a source at the active buffer of its current generation.
CREATE FUNCTION freshet.write_capture_functions(source oid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    g freshet.capture := freshet.current_generation(source);
    m record;
    f text;
    owner regrole;
BEGIN
    FOR m IN SELECT DISTINCT ON (suffix) freshet.capture_suffix(source, member) AS suffix, member
             FROM freshet.capture_members(source) ORDER BY suffix, member <> source LOOP
        f := format('freshet_buffer.capture_%s%s', source, m.suffix);
        IF to_regproc(format('freshet_buffer.cols_%s_%s%s', source, g.generation, m.suffix)) IS NULL THEN
            PERFORM freshet.write_column_access(source, g.generation, g.columns, m.member);
        END IF;
        EXECUTE format('CREATE OR REPLACE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER '
                       'SET search_path = pg_catalog, pg_temp AS %L', f, freshet.capture_body(source, m.member));
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
        -- Who attaches or creates a partition makes PostgreSQL clone the trigger, for which it asks this right of him.
        FOR owner IN SELECT DISTINCT c.relowner::regrole FROM freshet.capture_members(source) AS p JOIN pg_class c ON c.oid = p.member
                     WHERE c.relkind = 'p' LOOP
            EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %s', f, owner);
        END LOOP;
    END LOOP;
END
$body$;
