-- A domain's own type: a buffer column must accept NULL, which a domain may refuse.
CREATE FUNCTION freshet.base_type(INOUT type oid, INOUT modifier int) LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    WITH RECURSIVE below (type, modifier, depth) AS (
        SELECT base_type.type, base_type.modifier, 0
        UNION ALL
        SELECT t.typbasetype, t.typtypmod, b.depth + 1 FROM below b JOIN pg_type t ON t.oid = b.type WHERE t.typtype = 'd'
    )
    SELECT b.type, b.modifier FROM below b ORDER BY b.depth DESC LIMIT 1;
END;

-- The columns that a virtual generated column is computed from.
CREATE FUNCTION freshet.generation_columns(source oid, attnum int2) RETURNS SETOF int2 LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT DISTINCT d.refobjsubid::int2
    FROM pg_attrdef a
    JOIN pg_depend d ON d.classid = 'pg_attrdef'::regclass AND d.objid = a.oid
        AND d.refclassid = 'pg_class'::regclass AND d.refobjid = source
    WHERE a.adrelid = source AND a.adnum = generation_columns.attnum
      AND d.refobjsubid > 0 AND d.refobjsubid <> a.adnum;
END;

-- What must be captured so that the attributes can be read: themselves, or what a virtual one is computed from
-- (its own value is NULL in a transition table). An element says how the buffer stores it and how it is read.
CREATE FUNCTION freshet.capture_columns(source oid, attnums int2[]) RETURNS jsonb LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    WITH asked AS (
        SELECT a.attnum, a.attgenerated = 'v' AS virtual FROM pg_attribute a
        WHERE a.attrelid = source AND a.attnum = ANY (attnums) AND a.attnum > 0 AND NOT a.attisdropped
    ), needed AS (
        SELECT attnum FROM asked
        UNION
        SELECT g FROM asked, LATERAL freshet.generation_columns(source, asked.attnum) AS g WHERE virtual
    )
    SELECT coalesce(jsonb_agg(jsonb_build_object(
               'attnum', a.attnum,
               'type', format_type(b.type, b.modifier),
               'collation', CASE WHEN a.attcollation <> t.typcollation THEN format('%I.%I', n.nspname, c.collname) END,
               'domain', CASE WHEN b.type <> a.atttypid THEN format_type(a.atttypid, a.atttypmod) END,
               -- The tree, not its text: that changes when a column is renamed.
               'generated', CASE WHEN a.attgenerated = 'v' THEN md5(e.adbin::text) END
           ) ORDER BY a.attnum), '[]')
    FROM needed
    JOIN pg_attribute a ON a.attrelid = source AND a.attnum = needed.attnum
    CROSS JOIN LATERAL freshet.base_type(a.atttypid, a.atttypmod) AS b
    JOIN pg_type t ON t.oid = b.type
    LEFT JOIN pg_collation c ON c.oid = a.attcollation
    LEFT JOIN pg_namespace n ON n.oid = c.collnamespace
    LEFT JOIN pg_attrdef e ON e.adrelid = a.attrelid AND e.adnum = a.attnum AND a.attgenerated = 'v';
END;

-- A source and everything below it: partitions, or inheritance children. Triggers must be on all of them.
-- (In PL/pgSQL, like what else runs at every refresh: it keeps its plans.)
CREATE FUNCTION freshet.capture_members(source oid) RETURNS TABLE (member oid, is_partition boolean)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $body$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH RECURSIVE below (member) AS (
        SELECT source
        UNION
        SELECT i.inhrelid FROM below b JOIN pg_inherits i ON i.inhparent = b.member
    )
    SELECT b.member, c.relispartition FROM below b JOIN pg_class c ON c.oid = b.member;
END
$body$;

-- Statement triggers see neither a row that MERGE moves between partitions nor a child's rows written through its parent.
CREATE FUNCTION freshet.needs_row_triggers(source oid) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
    RETURN EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = source)
        OR EXISTS (SELECT FROM pg_inherits i WHERE i.inhparent = source)
        OR EXISTS (SELECT FROM pg_class c WHERE c.oid = source AND c.relkind = 'p');
END
$body$;

-- What our triggers on a source and its members look like. Whoever disables and enables one again leaves another xmin.
-- The owner of a partitioned table may clone them, another owner may not yet.
CREATE FUNCTION freshet.capture_mark(source oid) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    first text := format('freshet_capture_%s_', source);
    mark  text;
BEGIN
    IF EXISTS (SELECT FROM pg_inherits i WHERE i.inhparent = source)
       OR EXISTS (SELECT FROM pg_class c WHERE c.oid = source AND c.relkind = 'p') THEN
        SELECT md5(string_agg(format('%s %s %s %s %s', m.member, t.oid, t.xmin, t.tgenabled,
                                     CASE c.relkind WHEN 'p' THEN c.relowner END), ',' ORDER BY m.member, t.oid))
        INTO mark FROM freshet.capture_members(source) AS m JOIN pg_class c ON c.oid = m.member
        LEFT JOIN pg_trigger t ON t.tgrelid = m.member AND starts_with(t.tgname::text, first);
    ELSE
        SELECT md5(string_agg(format('%s %s %s %s', source, t.oid, t.xmin, t.tgenabled), ',' ORDER BY t.oid))
        INTO mark FROM pg_trigger t WHERE t.tgrelid = source AND starts_with(t.tgname::text, first);
    END IF;
    RETURN coalesce(mark, 'none');
END
$body$;
