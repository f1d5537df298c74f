-- Another query may have another key: rows that the old one told apart, or that lack a column of the new one, are not the new
-- query's. A refresh finds rows by their key, and would go on with all of them.

-- Keeps one row of each key.
CREATE FUNCTION freshet.remove_twins(relation regclass, key text[]) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    EXECUTE format('DELETE FROM %1$s AS t USING (SELECT r.ctid AS place, row_number() OVER (%2$s) AS number FROM %1$s AS r) AS twin '
                   'WHERE t.ctid = twin.place AND twin.number > 1', relation,
                   'PARTITION BY ' || (SELECT string_agg('r.' || quote_ident(k.name), ', ' ORDER BY k.place) FROM unnest(key) WITH ORDINALITY AS k (name, place)));
END $$;
COMMENT ON FUNCTION freshet.remove_twins(regclass, text[]) IS 'Keeps one row of each key, one of all if the key has no columns.';

-- As before, and without the rows that the key does not admit.
CREATE OR REPLACE FUNCTION freshet.set_up_key(relation regclass, key text[]) RETURNS void
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
    IF array_length(key, 1) > 0 THEN
        PERFORM freshet.require_trusted_code(relation);
        PERFORM freshet.allow_writes(local => true);
        PERFORM freshet.require_replica_identity(relation);
        EXECUTE format('DELETE FROM %s WHERE %s', relation,
                       (SELECT string_agg(quote_ident(k.name) || ' IS NULL', ' OR ' ORDER BY k.place) FROM unnest(key) WITH ORDINALITY AS k (name, place)));
        PERFORM freshet.remove_twins(relation, key);
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

REVOKE ALL ON FUNCTION freshet.remove_twins(regclass, text[]) FROM PUBLIC;
