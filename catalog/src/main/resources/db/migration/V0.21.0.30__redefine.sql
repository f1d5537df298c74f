-- A new query for a stream table that exists. The table stays the same relation, so that grants, comments, policies, publications and
-- indexes on columns that stay survive: columns are dropped and added until they are those of the query, in its order.

-- The columns of a relation in order, each with what makes it another column.
CREATE FUNCTION freshet.columns_of(relation oid) RETURNS TABLE (place bigint, name text, type text)
LANGUAGE sql STABLE SET search_path = '' AS $$
    SELECT pg_catalog.row_number() OVER (ORDER BY a.attnum), a.attname::pg_catalog.text,
           pg_catalog.format_type(a.atttypid, a.atttypmod)
           || coalesce((SELECT pg_catalog.format(' COLLATE %I.%I', n.nspname, c.collname)
                          FROM pg_catalog.pg_collation c JOIN pg_catalog.pg_namespace n ON n.oid = c.collnamespace
                         WHERE c.oid = a.attcollation AND a.attcollation <> t.typcollation), '')
      FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
     WHERE a.attrelid = relation AND a.attnum > 0 AND NOT a.attisdropped
$$;

-- Kept are the first columns of the new list that follow each other in the old one; the others go, and what is left of the new list is added
-- at the end. `rebuilt`: a column that goes comes again, with another type or at another place, so the rows have to go too.
CREATE FUNCTION freshet.column_changes(relation oid, view oid, OUT dropped text[], OUT added text[], OUT rebuilt boolean)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    wanted record;
    found bigint := 0;
    kept text[] := '{}';
BEGIN
    FOR wanted IN SELECT * FROM freshet.columns_of(view) ORDER BY place LOOP
        SELECT min(o.place) INTO found FROM freshet.columns_of(relation) o WHERE o.place > found AND o.name = wanted.name AND o.type = wanted.type;
        EXIT WHEN found IS NULL;
        kept := kept || wanted.name;
    END LOOP;
    dropped := ARRAY(SELECT o.name FROM freshet.columns_of(relation) o WHERE o.name <> ALL (kept) ORDER BY o.place);
    added := ARRAY(SELECT n.name FROM freshet.columns_of(view) n WHERE n.place > cardinality(kept) ORDER BY n.place);
    rebuilt := dropped && added;
END $$;

-- What reads one of these columns: stream tables and views by name.
CREATE FUNCTION freshet.users_of_columns(relation oid, columns text[]) RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN ARRAY(
    SELECT DISTINCT CASE WHEN d.relid IS NULL THEN 'view ' ELSE 'stream table ' END || freshet.name_of(coalesce(d.relid, r.ev_class))
      FROM pg_attribute a
      JOIN pg_depend p ON p.refclassid = 'pg_class'::regclass AND p.refobjid = a.attrelid AND p.refobjsubid = a.attnum AND p.classid = 'pg_rewrite'::regclass
      JOIN pg_rewrite r ON r.oid = p.objid AND r.ev_class <> a.attrelid
      LEFT JOIN freshet.definition d ON d.view_relid = r.ev_class
     WHERE a.attrelid = relation AND a.attname = ANY (columns) ORDER BY 1);

-- A relation with what it inherits from and what inherits from it: one changes with the other, and a read of one reads the other.
CREATE FUNCTION freshet.inheritance_family(relation oid) RETURNS SETOF oid
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH RECURSIVE family AS (
        SELECT inheritance_family.relation AS relid
        UNION
        SELECT CASE WHEN i.inhparent = f.relid THEN i.inhrelid ELSE i.inhparent END
          FROM family f JOIN pg_inherits i ON f.relid IN (i.inhparent, i.inhrelid))
    SELECT relid FROM family
$$;

-- Capture that pins the columns of a relation. What is in the buffers is of no use any more: everybody who reads the relation has to be told.
CREATE FUNCTION freshet.drop_capture(relation oid) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM freshet.remove_capture(s.source_relid)
       FROM freshet.capture_source s WHERE s.source_relid IN (SELECT freshet.inheritance_family(relation)) ORDER BY s.source_relid;
END $$;
COMMENT ON FUNCTION freshet.drop_capture(oid) IS 'Takes our triggers and buffers off a relation and its family; the service installs new ones where they are needed.';
REVOKE ALL ON FUNCTION freshet.drop_capture(oid) FROM PUBLIC;

CREATE FUNCTION freshet.change_columns(relation oid, view oid) RETURNS boolean
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
        PERFORM freshet.allow_writes(local => true);
        EXECUTE format('TRUNCATE %s', relation::regclass);
        PERFORM set_config('freshet.refreshing', '', true);
    END IF;
    actions := ARRAY(SELECT format('DROP COLUMN %I', c) FROM unnest(change.dropped) c)
            || ARRAY(SELECT format('ADD COLUMN %I %s', n.name, n.type) FROM freshet.columns_of(view) n WHERE n.name = ANY (change.added) ORDER BY n.place);
    EXECUTE format('ALTER TABLE %s %s', relation::regclass, array_to_string(actions, ', '));
    RETURN change.rebuilt;
END $$;
REVOKE ALL ON FUNCTION freshet.change_columns(oid, oid) FROM PUBLIC;

-- The next refresh computes everything: what is in the buffers is not all that happened.
CREATE FUNCTION freshet.require_full(id bigint, reason text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM freshet.interrupt(id);
    PERFORM freshet.append('stream_table:' || id, 'FullRequired', jsonb_build_object('full_reason', reason));
END $$;
REVOKE ALL ON FUNCTION freshet.require_full(bigint, text) FROM PUBLIC;

-- The view, already checked, becomes the definition: the table gets its columns. The caller has interrupted the refreshes.
CREATE FUNCTION freshet.adopt(id bigint, view oid, changes jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    definition freshet.definition := (SELECT d FROM freshet.definition d WHERE d.pgt_id = id);
    relation oid := definition.relid;
    rebuilt boolean := freshet.change_columns(relation, view);
BEGIN
    PERFORM freshet.comment_on(id, relation);
    PERFORM freshet.append('stream_table:' || id, 'StreamTableRedefined',
        jsonb_build_object('original_query', definition.original_query) || changes || jsonb_build_object(
        'relid', relation::bigint, 'view_relid', view::bigint, 'defining_query', freshet.canonical_query(view), 'rebuilt', rebuilt));
END $$;
COMMENT ON FUNCTION freshet.adopt(bigint, oid, jsonb) IS 'Makes a view the definition of a stream table, and gives the table its columns.';
REVOKE ALL ON FUNCTION freshet.adopt(bigint, oid, jsonb) FROM PUBLIC;
