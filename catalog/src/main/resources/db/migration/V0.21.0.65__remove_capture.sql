-- Dropping the functions takes the triggers with them, which works without owning the table. Waits for the source's
-- ACCESS EXCLUSIVE lock: call with a lock_timeout. Where the table is gone, so are its triggers.
CREATE FUNCTION freshet.drop_capture_functions(source oid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    f regprocedure;
BEGIN
    FOR f IN SELECT p.oid FROM pg_proc p
             WHERE p.pronamespace = 'freshet_buffer'::regnamespace AND p.proname ~ format(E'^capture_%s(_\\d+)?$', source) LOOP
        EXECUTE format('DROP FUNCTION %s CASCADE', f);
    END LOOP;
END
$body$;

CREATE FUNCTION freshet.drop_column_access(source oid, generation int) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    f regprocedure;
BEGIN
    FOR f IN SELECT p.oid FROM pg_proc p WHERE p.pronamespace = 'freshet_buffer'::regnamespace
                 AND p.proname ~ format(E'^cols_%s_%s(_\\d+)?$', source, generation) LOOP
        EXECUTE format('DROP FUNCTION %s', f);
    END LOOP;
END
$body$;

-- A generation's buffers, view and column access. Nobody may be writing into them, nor need what is in them.
CREATE FUNCTION freshet.drop_generation(source oid, generation int) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
    EXECUTE format('DROP VIEW IF EXISTS freshet_buffer.changes_%s_%s', source, generation);
    EXECUTE format('DROP TABLE IF EXISTS freshet_buffer.b_%1$s_%2$s_a, freshet_buffer.b_%1$s_%2$s_b', source, generation);
    PERFORM freshet.drop_column_access(source, generation);
    DELETE FROM freshet.capture c WHERE c.source_relid = source AND c.generation = drop_generation.generation;
END
$body$;

-- Lets go of a source altogether. The functions go first: their locks wait for the writers, after which nobody can be
-- on the way into a buffer.
CREATE FUNCTION freshet.remove_capture(source oid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
    PERFORM FROM freshet.capture_source s WHERE s.source_relid = source FOR UPDATE;
    PERFORM freshet.drop_capture_functions(source);
    PERFORM freshet.drop_generation(source, c.generation) FROM freshet.capture c WHERE c.source_relid = source;
    EXECUTE format('DROP SEQUENCE IF EXISTS freshet_buffer.fuse_%s', source);
    DELETE FROM freshet.capture_source s WHERE s.source_relid = source;
END
$body$;

-- The sources that nobody reads any more, or that are gone. A capture is installed before its consumer is recorded as
-- one, hence the grace.
CREATE FUNCTION freshet.unused_captures(grace interval) RETURNS SETOF oid LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT s.source_relid FROM freshet.capture_source s
    WHERE NOT EXISTS (SELECT FROM pg_class c WHERE c.oid = s.source_relid)
       OR (NOT EXISTS (SELECT FROM freshet.dependency d WHERE d.source_relid = s.source_relid AND d.cdc_mode = 'trigger')
           AND NOT EXISTS (SELECT FROM freshet.capture c
                           WHERE c.source_relid = s.source_relid AND c.installed_at > now() - unused_captures.grace));
END;
